import { expect, test } from "vitest";
import { answersTo, type ExpressionCase, expectedOf, refused } from "../testing/expression-cases.ts";
import { double, long } from "../testing/literals.ts";

const document = {
  s: "Hello Wörld",
  n: null,
  a: [1, double(2.5), 3],
  mixed: [3, "a", null, { q: 1 }, [1], 3, long("3")],
};

const cases: readonly ExpressionCase[] = [
  [{ $setUnion: ["$a", [9]] }, [1, double(2.5), 3, 9]],
  [{ $setIntersection: ["$a", [3, 1, 7]] }, [1, 3]],
  [{ $setDifference: ["$mixed", [3]] }, ["a", null, { q: 1 }, [1]]],
  [{ $setDifference: [[3, 1, 3, 2, 1], [2]] }, [3, 1]],
  [{ $setEquals: ["$a", [3, 1, double(2.5), 1]] }, true],
  [{ $setEquals: ["$a"] }, refused(17045)],
  [{ $setIsSubset: [[1], "$a"] }, true],
  [{ $setIsSubset: [[1, 8], "$a"] }, false],
  [{ $setUnion: ["$a", null] }, null],
  [{ $setUnion: ["$a", "$s"] }, refused(17043)],
  [{ $setIntersection: ["$a", "$s"] }, refused(17047)],
  [{ $setDifference: ["$a", "$s"] }, refused(17049)],
  [{ $setDifference: ["$s", "$a"] }, refused(17048)],
  [{ $setDifference: ["$n", "$a"] }, null],
  [{ $setEquals: ["$a", null] }, refused(17044)],
  [{ $setIsSubset: ["$s", "$a"] }, refused(17046)],
  [{ $setIsSubset: ["$a", "$s"] }, refused(17042)],
  [{ $setIsSubset: ["$n", "$a"] }, refused(17046)],
  [{ $setIntersection: [] }, []],
  [{ $setUnion: [] }, []],
  [{ $allElementsTrue: [[1, 0]] }, false],
  [{ $anyElementTrue: [[0, null]] }, false],
  [{ $allElementsTrue: [[]] }, true],
  [{ $anyElementTrue: ["$s"] }, refused(17041)],
  [{ $allElementsTrue: ["$n"] }, refused(17040)],
];

test("arrays as sets agree with MongoDB's", () => {
  expect(answersTo(document, cases)).toEqual(expectedOf(cases));
});
