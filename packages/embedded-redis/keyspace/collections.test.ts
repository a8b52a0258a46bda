import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExpiryHeap } from "./expiry-heap.ts";
import { IndexedDict } from "./indexed-dict.ts";
import { ListValue } from "./list-value.ts";
import { SortedSetValue } from "./sorted-set-value.ts";

describe("A sorted set", () => {
  const change = fc.record({
    member: fc.constantFrom("a", "b", "c", "d", "e", "f", "g"),
    score: fc.constantFrom(0, 1, 1.5, -2, Number.POSITIVE_INFINITY),
    isRemoval: fc.boolean(),
  });

  test("has the order and the ranks of a sorted array", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const set = new SortedSetValue();
        const model = new Map<string, number>();
        for (const { member, score, isRemoval } of changes) {
          if (isRemoval) expect(set.delete(member)).toBe(model.delete(member));
          else {
            expect(set.set(member, score)).toBe(!model.has(member));
            model.set(member, score);
          }
        }
        const sorted = [...model].sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x < y ? -1 : 1));
        expect([...set]).toEqual(sorted);
        sorted.forEach(([member], rank) => {
          expect(set.rank(member)).toBe(rank);
        });
      }),
    );
  });

  test("keeps them while thousands of members come and go", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1000, maxLength: 2000 }), (scores) => {
        const set = new SortedSetValue();
        for (const [index, score] of scores.entries()) set.set(`m${index}`, score);
        // Two of three go, so that blocks become small and join.
        for (const index of scores.keys()) if (index % 3 > 0) set.delete(`m${index}`);
        const sorted = scores
          .map((score, index) => [`m${index}`, score] as const)
          .filter((_entry, index) => index % 3 === 0)
          .sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x < y ? -1 : 1));
        expect([...set]).toEqual(sorted);
        expect(set.slice(100, 300)).toEqual(sorted.slice(100, 300));
        const [member, score] = sorted[200] ?? ["", 0];
        expect(set.rank(member)).toBe(200);
        expect(set.rankWhere((each) => each > score)).toBe(sorted.filter(([, each]) => each <= score).length);
      }),
      { numRuns: 20 },
    );
  });
});

describe("A list", () => {
  test("is an array from both ends", () => {
    const step = fc.tuple(fc.constantFrom("pushHead", "pushTail", "popHead", "popTail", "setAt"), fc.string());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const list = new ListValue();
        const model: string[] = [];
        for (const [name, text] of steps) {
          if (name === "pushHead") [list.pushHead(text), model.unshift(text)];
          else if (name === "pushTail") [list.pushTail(text), model.push(text)];
          else if (name === "popHead") expect(list.popHead()).toBe(model.shift());
          else if (name === "popTail") expect(list.popTail()).toBe(model.pop());
          else if (model.length > 0) [list.setAt(0, text), model.splice(0, 1, text)];
        }
        expect([...list]).toEqual(model);
        expect(list.byteLength).toBe(model.join("").length);
      }),
    );
  });
});

describe("An indexed dictionary", () => {
  test("gives every entry by chance, and only those that are there", () => {
    const dict = new IndexedDict<number>();
    for (let index = 0; index < 100; index++) dict.set(`k${index}`, index);
    for (let index = 0; index < 90; index++) dict.delete(`k${index}`);
    const seen = new Set<string | undefined>();
    let step = 0;
    // A random source that is the same each time, and never stuck.
    const random = () => (step++ * 0.618034) % 1;
    while (step < 5000) seen.add(dict.random(random)?.key);
    expect([...seen].sort()).toEqual([...dict.keys()].sort());
  });
});

describe("An expiry heap", () => {
  test("gives items in the order in which they are due", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1000 })), (times) => {
        const heap = new ExpiryHeap<number>();
        for (const at of times) heap.add(at, at);
        const taken: number[] = [];
        for (let item = heap.takeDue(500); item !== undefined; item = heap.takeDue(500)) taken.push(item);
        expect(taken).toEqual(times.filter((at) => at <= 500).sort((a, b) => a - b));
        expect(heap.size).toBe(times.length - taken.length);
      }),
    );
  });
});
