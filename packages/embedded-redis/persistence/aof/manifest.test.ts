import { expect, test } from "vitest";
import { formatManifest, parseManifest } from "./manifest.ts";

test("A manifest of Redis 7 is read, and written in the same words", () => {
  const text =
    "file appendonly.aof.2.base.rdb seq 2 type b\nfile appendonly.aof.1.incr.aof seq 1 type h\nfile appendonly.aof.4.incr.aof seq 4 type i\n";
  const files = parseManifest(text);
  expect(files).toEqual([
    { name: "appendonly.aof.2.base.rdb", sequence: 2, type: "base" },
    { name: "appendonly.aof.1.incr.aof", sequence: 1, type: "history" },
    { name: "appendonly.aof.4.incr.aof", sequence: 4, type: "increment" },
  ]);
  expect(formatManifest(files ?? [])).toBe(text);
});

test("Comments, quoted names and unknown words are read", () => {
  expect(parseManifest('# made by hand\nfile "a \\"b\\".aof" seq 1 type i startoffset 5\n')).toEqual([
    { name: 'a "b".aof', sequence: 1, type: "increment" },
  ]);
});

test("What is no manifest is not read, nor a name that leads elsewhere", () => {
  expect(parseManifest("hello\n")).toBeUndefined();
  expect(parseManifest("file a seq 0 type b\n")).toBeUndefined();
  expect(parseManifest("file a seq 1 type z\n")).toBeUndefined();
  expect(parseManifest("file ../a seq 1 type b\n")).toBeUndefined();
});
