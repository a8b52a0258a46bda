import { expect, test } from "vitest";
import { fuzzMessages } from "./test-fuzz.ts";

test("of 100,000 malformed messages each is refused in words or is read to its end", async () => {
  const { refused, read } = await fuzzMessages(100_000, Date.now() & 0x7fffffff);
  expect(refused).toBeGreaterThan(40_000);
  expect(read).toBeGreaterThan(5000);
});
