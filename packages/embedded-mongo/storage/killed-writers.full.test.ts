import { expect, test } from "vitest";
import { killWriters } from "./testing/killed-writers.ts";

test("200 servers that are killed one after the other lose nothing that was acknowledged", async () => {
  const acknowledged = await killWriters(200);
  expect(acknowledged).toBeGreaterThan(2000);
});
