import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { fieldReader } from "../values/field-reader.ts";
import { type LeafArrays, splitPath, visitPath } from "../values/path.ts";
import type { FieldTest } from "./expression.ts";

/** Whether any value at a path passes; `found` is told the index that the positional operator stands for. */
export type PathTest = (document: Document, found?: (index: number | undefined) => void) => boolean;

/** Compiles a path and a test of the values there. */
export function compilePath(path: string, leaf: LeafArrays, test: FieldTest): PathTest {
  const components = splitPath(path);
  const [name] = components;
  if (components.length === 1 && name !== undefined) return compileName(name, leaf, test);
  const first = fieldReader(name ?? "");
  const inside = compilePath(components.slice(1).join("."), leaf, test);
  return (document, found) => {
    if (!found) {
      const value = first(document);
      if (value instanceof Document) return inside(value);
      if (!isArray(value)) return test(undefined);
    }
    return visitPath(document, components, leaf, (value, index) => {
      if (!test(value)) return false;
      found?.(index);
      return true;
    });
  };
}

/** The same as a test of the value of the path's first field. */
export function firstFieldTest(
  path: string,
  leaf: LeafArrays,
  test: FieldTest,
): { readonly name: string; readonly test: FieldTest } {
  const [name = "", ...rest] = splitPath(path);
  if (rest.length === 0) {
    if (leaf === "whole") return { name, test };
    return { name, test: (value) => (isArray(value) && value.some(test)) || test(value) };
  }
  const inside = compilePath(rest.join("."), leaf, test);
  const wrapped = (value: Value | undefined) =>
    visitPath(Document.from([["", value ?? null]]), ["", ...rest], leaf, test);
  return {
    name,
    test: (value) => (value instanceof Document ? inside(value) : isArray(value) ? wrapped(value) : test(undefined)),
  };
}

function compileName(name: string, leaf: LeafArrays, test: FieldTest): PathTest {
  const read = fieldReader(name);
  return (document, found) => {
    const value = read(document);
    if (leaf === "elements" && isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        if (!test(value[index])) continue;
        found?.(index);
        return true;
      }
    }
    if (!test(value)) return false;
    found?.(undefined);
    return true;
  };
}
