import { expect, test } from "vitest";
import { fuzzMessages } from "./test-fuzz.ts";

test("of 10,000 malformed messages each is refused in words or is read to its end", async () => {
  const { refused, read } = await fuzzMessages(10_000, 20_261_125);
  expect(refused).toBeGreaterThan(4000);
  expect(read).toBeGreaterThan(500);
});
