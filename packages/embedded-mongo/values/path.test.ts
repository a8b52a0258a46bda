import type { Document as Plain } from "mongodb";
import { describe, expect, test } from "vitest";
import { fromPlain } from "../testing/plain.ts";
import { Document, type Value } from "./document.ts";
import { fieldReader } from "./field-reader.ts";
import { formatValue } from "./format-value.ts";
import { splitPath, visitPath } from "./path.ts";

/** What is visited, as text; the index behind it. */
function visited(plain: Plain, path: string, leaf: "elements" | "whole" = "elements"): readonly string[] {
  const seen: string[] = [];
  visitPath(fromPlain(plain), splitPath(path), leaf, (value: Value | undefined, index) => {
    seen.push(`${value === undefined ? "missing" : formatValue(value)}${index === undefined ? "" : ` at ${index}`}`);
    return false;
  });
  return seen;
}

describe("A path visits", () => {
  test.each<readonly [Plain, string, readonly string[]]>([
    [{ a: 1 }, "a", ["1"]],
    [{}, "a.b", ["missing"]],
    [{ a: 1 }, "a.b", ["missing"]],
    [{ a: [1, 2] }, "a", ["1 at 0", "2 at 1", "[ 1, 2 ]"]],
    [{ a: [{ b: 1 }, 5, {}] }, "a.b", ["1 at 0", "missing at 2"]],
    [{ a: [{ b: [1] }] }, "a.b", ["1 at 0", "[ 1 ] at 0"]],
    [{ a: [[{ b: 1 }]] }, "a.b", []],
    [{ a: [[{ b: 1 }]] }, "a.0.b", ["1 at 0"]],
    [{ a: [5, [2, 4]] }, "a.1", ["[ 2, 4 ]"]],
    [{ a: [5, { 1: 4 }] }, "a.1", ["4 at 1", "{ 1: 4 }"]],
    [{ a: { "0": 1 } }, "a.0", ["1"]],
    [{ a: [] }, "a.b", []],
  ])("of %j at %s: %j", (plain, path, expected) => expect(visited(plain, path)).toEqual(expected));

  test("an array as a whole when it is asked to", () =>
    expect(visited({ a: [1, 2] }, "a", "whole")).toEqual(["[ 1, 2 ]"]));
});

test("a field reader reads what the document does, whatever the names are", () => {
  const plain = { a: 1, ab: 2, größe: 3, "": 4, b: { a: 5 } };
  for (const document of [fromPlain(plain), Document.of(fromPlain(plain).fields())]) {
    for (const name of [...Object.keys(plain), "c", "gr", "größer"]) {
      expect(fieldReader(name)(document)).toEqual(document.get(name));
    }
  }
});
