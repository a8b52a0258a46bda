import { expect, test } from "vitest";
import { plainHttpCheck } from "./http-probe.ts";

test.each([
  [["curl", "-f", "http://127.0.0.1:3000/health"], "http://127.0.0.1:3000/health"],
  [["curl", "-fsS", "--max-time", "2", "localhost:3000"], "http://localhost:3000/"],
  [["wget", "-q", "--spider", "http://localhost/"], "http://localhost/"],
  [["wget", "--tries=1", "-qO-", "http://localhost/"], "http://localhost/"],
])("%j is a plain check of %s", (words, expected) => {
  expect(plainHttpCheck(words)?.href).toBe(expected);
});

test.each([
  [["curl", "-f", "-X", "POST", "http://localhost/"]],
  [["curl", "-f", "http://a/", "http://b/"]],
  [["curl", "-H", "Host: x", "http://localhost/"]],
  [["node", "check.js"]],
  [["curl"]],
])("%j is more than that", (words) => {
  expect(plainHttpCheck(words)).toBeUndefined();
});
