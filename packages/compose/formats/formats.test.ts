import { describe, expect, test } from "vitest";
import { parseByteSize } from "./byte-size.ts";
import { durationMs, formatDuration, parseDuration } from "./duration.ts";
import { asFloat32 } from "./float32.ts";
import { isIP } from "./ip-address.ts";
import { splitShellWords } from "./shell-words.ts";

describe("durations", () => {
  test.each([
    ["30s", "30s"],
    ["90s", "1m30s"],
    ["1h", "1h0m0s"],
    ["1h30m", "1h30m0s"],
    ["1.5s", "1.5s"],
    ["500ms", "500ms"],
    ["1500us", "1.5ms"],
    ["2ns", "2ns"],
    ["1d", "24h0m0s"],
    ["1w", "168h0m0s"],
    ["0", "0s"],
    ["-5s", "-5s"],
    [".5m", "30s"],
  ])("%s is %s", (text, printed) => {
    expect(formatDuration(parseDuration(text) ?? Number.NaN)).toBe(printed);
  });

  test.each(["", "5", "s", "5 s", "1x", "five", "1s2", "--1s"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test("milliseconds are of the whole duration", () => {
    expect(durationMs("1m0.25s")).toBe(60_250);
    expect(durationMs(undefined)).toBeUndefined();
  });
});

describe("byte sizes", () => {
  test.each([
    ["1024", 1024],
    ["1k", 1024],
    ["1.5kb", 1536],
    ["2 MB", 2 * 1024 ** 2],
    ["3GiB", 3 * 1024 ** 3],
    ["4t", 4 * 1024 ** 4],
    ["7b", 7],
  ])("%s", (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
  });

  test.each(["", "m", "1x", "-1", "1 2", "lots"])("%j is none", (text) => {
    expect(parseByteSize(text)).toBeUndefined();
  });
});

describe("command lines", () => {
  test.each([
    ["a b  c", ["a", "b", "c"]],
    [`a "b c" 'd "e"'`, ["a", "b c", 'd "e"']],
    [String.raw`a\ b "c\"d" 'e\f'`, ["a b", 'c"d', "e\\f"]],
    ["''", [""]],
    ["", []],
    ["a$(b c) `d e`", ["a$(b c)", "`d e`"]],
    ["--x='a b'c", ["--x=a bc"]],
  ])("%s", (line, words) => {
    expect(splitShellWords(line)).toEqual({ words });
  });

  test("what follows a shell operator is cut off, and it is said where", () => {
    expect(splitShellWords("a b && c")).toEqual({ words: ["a", "b"], cutAt: 4 });
    expect(splitShellWords("a 2>x")).toEqual({ words: ["a"], cutAt: 3 });
    expect(splitShellWords("sh -c 'a && b'")).toEqual({ words: ["sh", "-c", "a && b"] });
  });

  test.each(['a "b', "a 'b", "a\\", "a (b)", "`a"])("%s is not closed", (line) => {
    expect(splitShellWords(line)).toBeUndefined();
  });
});

describe("addresses", () => {
  test.each(["0.0.0.0", "127.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4"])(
    "%s",
    (text) => {
      expect(isIP(text)).toBe(true);
    },
  );

  test.each([
    "",
    "localhost",
    "1.2.3",
    "256.1.1.1",
    "1.2.3.4.5",
    "01.2.3.4",
    "1:2:3",
    ":::",
    "1::2::3",
    "g::1",
    "1:2:3:4:5:6:7:8:9",
  ])("%j is none", (text) => {
    expect(isIP(text)).toBe(false);
  });
});

test("a number of 32 bits is printed in its shortest form", () => {
  expect([0.1, 0.5, 1 / 3, 16_777_217, 0].map(asFloat32)).toEqual([0.1, 0.5, 0.33333334, 16_777_216, 0]);
});
