import { array, check, constant, integer, oneof, property, string } from "fast-check";
import { expect, test } from "vitest";
import { LineSplitter } from "./split-lines.ts";

test("lines come out whole, however the bytes are cut", () => {
  const line = oneof(string({ unit: "grapheme" }), constant("a\r"), constant("ä€𝄞"), constant("")).map((text) =>
    text.replaceAll("\n", ""),
  );
  const result = check(
    property(array(line, { maxLength: 20 }), array(integer({ min: 1, max: 7 }), { minLength: 1 }), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((each) => `${each}\n`).join(""));
      const found: string[] = [];
      const splitter = new LineSplitter((text) => found.push(text));
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const size = cuts[turn % cuts.length] ?? 1;
        splitter.write(bytes.subarray(at, at + size));
        at += size;
      }
      splitter.end();
      expect(found).toEqual(lines.map((each) => (each.endsWith("\r") ? each.slice(0, -1) : each)));
    }),
  );
  expect(result.counterexample).toBeNull();
});

test("the last line needs no end, and none is made up", () => {
  const found: string[] = [];
  const splitter = new LineSplitter((text) => found.push(text));
  splitter.write(Buffer.from("a\n\nb"));
  splitter.end();
  expect(found).toEqual(["a", "", "b"]);
});

test("a line of a megabyte stays one line", () => {
  const found: string[] = [];
  const splitter = new LineSplitter((text) => found.push(text));
  for (let count = 0; count < 16; count++) splitter.write(Buffer.alloc(65_536, "x"));
  splitter.write(Buffer.from("\n"));
  expect(found.map((text) => text.length)).toEqual([1_048_576]);
});
