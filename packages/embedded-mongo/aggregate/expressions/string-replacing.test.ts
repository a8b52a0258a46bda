import { expect, test } from "vitest";
import { answersTo, type ExpressionCase, expectedOf, refused } from "../testing/expression-cases.ts";
import { pattern } from "../testing/literals.ts";

const document = { n: null, big: "aé日😀z", sp: "  \t ab c \n", u: "Hello" };

const cases: readonly ExpressionCase[] = [
  [{ $trim: { input: "$sp" } }, "ab c"],
  [{ $ltrim: { input: "$sp" } }, "ab c \n"],
  [{ $rtrim: { input: "$sp" } }, "  \t ab c"],
  [{ $trim: { input: "$u", chars: "Ho" } }, "ell"],
  [{ $trim: { input: "$n" } }, null],
  [{ $trim: { input: "$u", chars: null } }, null],
  [{ $trim: { input: 1 } }, refused(50699)],
  [{ $trim: { input: "$u", chars: 1 } }, refused(50700)],
  [{ $trim: { chars: "x" } }, refused(50695)],
  [{ $trim: "$u" }, refused(50696)],
  [{ $trim: { input: "$u", x: 1 } }, refused(50694)],
  [{ $trim: { input: "$u", chars: "" } }, "Hello"],
  [{ $trim: { input: "😀a😀", chars: "😀" } }, "a"],
  [{ $replaceAll: { input: "$u", find: "l", replacement: "$&" } }, null],
  [{ $replaceOne: { input: "$n", find: "l", replacement: "x" } }, null],
  [{ $replaceOne: { input: "$u", find: 1, replacement: "x" } }, refused(51745)],
  [{ $replaceOne: { input: 1, find: "a", replacement: "x" } }, refused(51746)],
  [{ $replaceOne: { input: "$u", find: "a", replacement: 1 } }, refused(51744)],
  [{ $replaceOne: { input: "$u", find: "a" } }, refused(51747)],
  [{ $replaceOne: { input: "$u", replacement: "a" } }, refused(51748)],
  [{ $replaceOne: { find: "a", replacement: "a" } }, refused(51749)],
  [{ $replaceAll: { input: "$u", find: "", replacement: "-" } }, "-H-e-l-l-o-"],
  [{ $replaceOne: { input: "$u", find: "", replacement: "-" } }, "-Hello"],
  [{ $replaceOne: 1 }, refused(51751)],
  [{ $replaceOne: { input: "$u", find: "a", replacement: "b", x: 1 } }, refused(51750)],
  [{ $replaceAll: { input: "$u", find: "l", replacement: null } }, null],
  [{ $regexMatch: { input: "$u", regex: "l+" } }, true],
  [{ $regexFind: { input: "$big", regex: "(日)(x)?" } }, { match: "日", idx: 2, captures: ["日", null] }],
  [
    { $regexFindAll: { input: "$u", regex: "l" } },
    [
      { match: "l", idx: 2, captures: [] },
      { match: "l", idx: 3, captures: [] },
    ],
  ],
  [
    { $regexFindAll: { input: "$u", regex: "" } },
    [
      { match: "", idx: 0, captures: [] },
      { match: "", idx: 1, captures: [] },
      { match: "", idx: 2, captures: [] },
      { match: "", idx: 3, captures: [] },
      { match: "", idx: 4, captures: [] },
    ],
  ],
  [{ $regexFind: { input: "$u", regex: "zz" } }, null],
  [{ $regexFindAll: { input: "$u", regex: "zz" } }, []],
  [{ $regexMatch: { input: "$u", regex: "HELLO", options: "i" } }, true],
  [{ $regexMatch: { input: "$u", regex: "HELLO", options: "q" } }, refused(51108)],
  [{ $regexMatch: { input: 1, regex: "a" } }, refused(51104)],
  [{ $regexMatch: { input: "$u", regex: 1 } }, refused(51105)],
  [{ $regexMatch: { input: "$n", regex: "a" } }, false],
  [{ $regexFind: { input: "$n", regex: "a" } }, null],
  [{ $regexFindAll: { input: "$n", regex: "a" } }, []],
  [{ $regexMatch: { input: "$u", regex: null } }, false],
  [{ $regexMatch: { input: "$u", regex: "(" } }, refused(51111)],
  [{ $regexMatch: { input: "$u" } }, refused(31023)],
  [{ $regexMatch: { regex: "a" } }, refused(31022)],
  [{ $regexMatch: 1 }, refused(51103)],
  [{ $regexMatch: { input: "$u", regex: "a", x: 1 } }, refused(31024)],
  [{ $regexMatch: { input: "$u", regex: "a", options: 1 } }, refused(51106)],
  [{ $regexMatch: { input: "$u", regex: pattern("h", "i"), options: "i" } }, refused(51107)],
  [
    { $regexFindAll: { input: "First, Second", regex: "(\\w)(\\w+)" } },
    [
      { match: "First", idx: 0, captures: ["F", "irst"] },
      { match: "Second", idx: 7, captures: ["S", "econd"] },
    ],
  ],
  [
    { $regexFindAll: { input: "aaaaaaaaaaaaaab", regex: "(a+)+b" } },
    [{ match: "aaaaaaaaaaaaaab", idx: 0, captures: ["aaaaaaaaaaaaaa"] }],
  ],
];

test("operators that change or search strings agree with MongoDB's", () => {
  expect(answersTo(document, cases)).toEqual(expectedOf(cases));
});
