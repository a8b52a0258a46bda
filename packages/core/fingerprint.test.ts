import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fingerprint } from "./fingerprint.ts";

describe("fingerprint", () => {
  it("does not depend on the order of keys, nor on keys without a value", () => {
    expect(fingerprint({ a: 1, b: { c: [1, 2], d: null } })).toBe(
      fingerprint({ b: { d: null, c: [1, 2], e: undefined }, a: 1 }),
    );
  });

  it("tells data apart that differs anywhere, also in the order of a list or in a type", () => {
    const different = [{ a: 1 }, { a: "1" }, { a: [1, 2] }, { a: [2, 1] }, { a: null }, {}, [], "a", null];
    expect(new Set(different.map(fingerprint)).size).toBe(different.length);
  });

  it("is the same for data that went through JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => fingerprint(JSON.parse(JSON.stringify(data))) === fingerprint(data)),
    );
  });
});
