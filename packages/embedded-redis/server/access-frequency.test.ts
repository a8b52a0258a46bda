import { expect, test } from "vitest";
import { StringValue } from "../keyspace/string-value.ts";
import { countAccess } from "./access-frequency.ts";

const settings = { logFactor: 10, decayMinutes: 1 };

test("the counter rises quickly at first, then ever more seldom", () => {
  const value = new StringValue("x");
  countAccess(value, settings, 0, 0.5);
  expect(value.frequency).toBe(6);
  countAccess(value, settings, 0, 0.5);
  expect(value.frequency).toBe(6);
  countAccess(value, settings, 0, 0.05);
  expect(value.frequency).toBe(7);
});

test("the counter falls by a minute without access, not below 0", () => {
  const value = new StringValue("x");
  countAccess(value, settings, 3 * 60_000, 0.99999);
  expect(value.frequency).toBe(3);
  value.accessedAt = 0;
  countAccess(value, settings, 100 * 60_000, 0);
  expect(value.frequency).toBe(1);
});
