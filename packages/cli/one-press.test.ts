import { expect, test } from "vitest";
import { onePress } from "./one-press.ts";

test("what the terminal sends and npm forwards is one press; the next one counts", () => {
  let now = 5;
  let presses = 0;
  const press = onePress(
    () => {
      presses += 1;
    },
    () => now,
  );
  press();
  now = 9;
  press();
  expect(presses).toBe(1);
  now = 400;
  press();
  expect(presses).toBe(2);
});
