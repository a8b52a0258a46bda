import { expect, test } from "vitest";
import { killWriters } from "./testing/killed-writers.ts";

test("a server that is killed while it writes loses nothing that was acknowledged, and nothing is torn", async () => {
  const acknowledged = await killWriters(3);
  expect(acknowledged).toBeGreaterThan(3);
});
