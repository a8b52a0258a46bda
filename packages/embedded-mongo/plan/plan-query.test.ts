import { describe, expect, test } from "vitest";
import { parseFilter } from "../match/parse-filter.ts";
import { compileSort } from "../sort/sort-order.ts";
import { fromPlain } from "../testing/plain.ts";
import { DateValue } from "../values/scalars.ts";
import { type PlannedIndex, planText } from "./test-plan-text.ts";

const plan = (filter: object, indexes: readonly PlannedIndex[], sort?: object, isLimited = false): string =>
  planText(
    {
      expression: parseFilter(fromPlain(filter), { now: fixedNow }),
      sort: sort && compileSort(fromPlain(sort)).parts,
      isLimited,
    },
    indexes,
  );

const fixedNow = new DateValue(0);

describe("bounds of one field", () => {
  test.each([
    [{ a: 5 }, "a_1 a: [5, 5] (exact)"],
    [{ a: { $gt: 5 } }, "a_1 a: (5, inf.0] (exact)"],
    [{ a: { $gte: 1, $lt: 5 } }, "a_1 a: [1, 5) (exact)"],
    [{ a: { $in: [3, 1] } }, "a_1 a: [1, 1] [3, 3] (exact)"],
    [{ a: { $ne: 1 } }, "a_1 a: [MinKey, 1) (1, MaxKey] (exact)"],
    [{ a: { $nin: [1, 3] } }, "a_1 a: [MinKey, 1) (1, 3) (3, MaxKey] (exact)"],
    [{ a: { $not: { $gt: 5 } } }, "a_1 a: [MinKey, 5] (inf.0, MaxKey] (exact)"],
    [{ a: { $gt: "x" } }, 'a_1 a: ("x", {}) (exact)'],
    [{ a: { $lt: "x" } }, 'a_1 a: ["", "x") (exact)'],
    [{ a: /^ab/ }, 'a_1 a: ["ab", "ac") [/^ab/, /^ab/]'],
    [{ a: /b/ }, 'a_1 a: ["", {}) [/b/, /b/]'],
    [{ a: null }, "a_1 a: [null, null]"],
    [{ a: { $exists: false } }, "a_1 a: [null, null]"],
    [{ a: { $exists: true } }, "collection"],
    [{ a: { $type: "int" } }, "collection"],
    [{ a: [1, 2] }, "a_1 a: [1, 1] [[ 1, 2 ], [ 1, 2 ]]"],
    [{ a: true }, "a_1 a: [true, true] (exact)"],
    [{ a: { $gt: new Date(5) } }, "a_1 a: (new Date(5), Timestamp(0, 0)) (exact)"],
    [{ a: { $gt: 5, $lt: 3 } }, "a_1 a:  (exact)"],
    [{ b: 1 }, "collection"],
  ])("%j is found by %s", (filter, expected) => {
    expect(plan(filter, [{ key: { a: 1 } }])).toBe(expected);
  });
});

describe("arrays in an index", () => {
  const multikey = { key: { a: 1 }, isMultikey: true };
  test.each([
    ["two ranges are not joined: different elements may meet them", { a: { $gt: 1, $lt: 5 } }, "a_1 a: (1, inf.0]"],
    ["in $elemMatch they are", { a: { $elemMatch: { $gt: 1, $lt: 5 } } }, "a_1 a: (1, 5)"],
    ["an absent field may be below an empty array", { a: null }, "a_1 a: [undefined, undefined] [null, null]"],
  ])("%s", (_name, filter, expected) => {
    expect(plan(filter, [multikey])).toBe(expected);
  });

  const nested = { key: { "a.b": 1, "a.c": 1 }, isMultikey: true } as const;
  test("fields of one array of documents are joined within $elemMatch only", () => {
    expect(plan({ "a.b": 1, "a.c": 2 }, [nested])).toBe("a.b_1_a.c_1 a.b: [1, 1] a.c: [MinKey, MaxKey]");
    expect(plan({ a: { $elemMatch: { b: 1, c: 2 } } }, [nested])).toBe("a.b_1_a.c_1 a.b: [1, 1] a.c: [2, 2]");
  });

  test("fields that share no array are joined", () => {
    expect(plan({ a: 1, b: 2 }, [{ key: { a: 1, b: 1 }, isMultikey: true }])).toBe(
      "a_1_b_1 a: [1, 1] b: [2, 2] (exact)",
    );
  });
});

describe("the choice among indexes", () => {
  const indexes = [{ key: { a: 1 } }, { key: { a: 1, b: 1 } }, { key: { c: 1 } }, { key: { a: 1, c: -1 } }] as const;
  test.each([
    ["most equalities", { a: 1, b: 2 }, undefined, "a_1_b_1 a: [1, 1] b: [2, 2] (exact)"],
    ["then the order of the sort", { a: 1 }, { b: 1 }, "a_1_b_1 a: [1, 1] b: [MinKey, MaxKey] (exact) sorted"],
    [
      "read backward where it is turned round",
      { a: 1 },
      { b: -1 },
      "a_1_b_1 backward a: [1, 1] b: [MinKey, MaxKey] (exact) sorted",
    ],
    [
      "in the index's own mixed directions",
      {},
      { a: 1, c: -1 },
      "a_1_c_-1 a: [MinKey, MaxKey] c: [MinKey, MaxKey] (exact) sorted",
    ],
    [
      "or in their contraries",
      {},
      { a: -1, c: 1 },
      "a_1_c_-1 backward a: [MinKey, MaxKey] c: [MinKey, MaxKey] (exact) sorted",
    ],
    ["a sort on a field with one value needs nothing", { a: 1 }, { a: -1 }, "a_1 a: [1, 1] (exact) sorted"],
    ["ranges, when everything is wanted", { c: { $gt: 1 } }, { a: 1 }, "c_1 c: (1, inf.0] (exact)"],
    ["the fewest fields between equals", { a: 1 }, undefined, "a_1 a: [1, 1] (exact)"],
  ])("%s", (_name, filter, sort, expected) => {
    expect(plan(filter, indexes, sort)).toBe(expected);
  });

  test("the first few in order are read from the index of the order", () => {
    expect(plan({ c: { $gt: 1 } }, indexes, { a: 1 }, true)).toBe("a_1 a: [MinKey, MaxKey] sorted");
  });

  test("several values before the field of the sort are read side by side", () => {
    expect(plan({ a: { $in: [1, 2] } }, indexes, { b: -1 })).toBe(
      "a_1_b_1 backward a: [1, 1] [2, 2] b: [MinKey, MaxKey] (exact) merged sorted",
    );
    expect(plan({ a: { $in: [1, 2] } }, indexes, { b: 1, a: 1 })).toBe("a_1 a: [1, 1] [2, 2] (exact)");
    expect(plan({ a: { $in: [1, 2] } }, indexes, { a: 1, b: 1 })).toBe(
      "a_1_b_1 a: [1, 1] [2, 2] b: [MinKey, MaxKey] (exact) sorted",
    );
  });

  test("branches of an $or are scans of their own", () => {
    expect(plan({ $or: [{ a: 1 }, { c: 2 }] }, indexes)).toBe("union of a_1 a: [1, 1] (exact) | c_1 c: [2, 2] (exact)");
    expect(plan({ $or: [{ a: 1 }, { d: 2 }] }, indexes)).toBe("collection");
  });

  test("the document of an _id needs no index scan", () => {
    expect(plan({ _id: 5 }, indexes)).toBe("id 5");
  });
});

describe("indexes that leave documents out", () => {
  test("a sparse one is used when absent fields do not match", () => {
    const sparse = { key: { a: 1 }, options: { sparse: true } };
    expect(plan({ a: 1 }, [sparse])).toBe("a_1 a: [1, 1] (exact)");
    expect(plan({ a: null }, [sparse])).toBe("collection");
    expect(plan({ a: { $ne: 1 } }, [sparse])).toBe("collection");
    expect(plan({}, [sparse], { a: 1 })).toBe("collection");
  });

  test("a partial one is used when the filter says as much as its own", () => {
    const partial = { key: { a: 1 }, options: { partialFilterExpression: { b: { $gt: 5 } } } };
    expect(plan({ a: 1, b: 6 }, [partial])).toBe("a_1 a: [1, 1]");
    expect(plan({ a: 1, b: { $gte: 7 } }, [partial])).toBe("a_1 a: [1, 1]");
    expect(plan({ a: 1, b: 5 }, [partial])).toBe("collection");
    expect(plan({ a: 1 }, [partial])).toBe("collection");
  });

  test("a hidden one is not used", () => {
    expect(plan({ a: 1 }, [{ key: { a: 1 }, options: { hidden: true } }])).toBe("collection");
  });

  test("one with a collation finds no strings of a query without, but numbers", () => {
    const collated = { key: { a: 1 }, options: { collation: { locale: "en", strength: 2 } } };
    expect(plan({ a: "x" }, [collated])).toBe("collection");
    expect(plan({ a: 5 }, [collated])).toBe("a_1 a: [5, 5]");
  });
});
