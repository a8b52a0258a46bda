import { describe, expect, test } from "vitest";
import { RegexValue } from "../../values/scalars.ts";
import { compilePattern } from "./compile-pattern.ts";

const compile = (pattern: string, options = "") => compilePattern(new RegexValue(pattern, options));

const cases: readonly (readonly [
  pattern: string,
  options: string,
  matching: readonly string[],
  other: readonly string[],
])[] = [
  ["^abc", "", ["abcd"], ["xabc", "ABC"]],
  ["abc", "i", ["xABCx"], ["ab"]],
  ["a.c", "", ["abc", "a\rc"], ["a\nc"]],
  ["a.c", "s", ["a\nc"], ["ac"]],
  ["^b$", "m", ["a\nb\nc"], ["a\rb"]],
  ["[^a]^", "m", ["b\nc"], ["b\n"]],
  ["^\\R\\s", "", ["\n\n"], ["\r\n"]],
  ["(?<=a|bc)d", "", ["ad", "bcd"], ["cd"]],
  ["b$", "", ["ab", "ab\n"], ["ab\nc"]],
  ["b\\z", "", ["ab"], ["ab\n"]],
  ["\\Aa", "m", ["ab"], ["b\na"]],
  ["a b # c\n c", "x", ["abc"], ["a b c"]],
  ["[[:alpha:]]+[[:digit:]]", "", ["ab1"], ["1a"]],
  ["[]a]", "", ["]", "a"], ["["]],
  ["[^]a]", "", ["["], ["]", "a"]],
  ["[\\w-.]", "", ["-", ".", "x"], ["!"]],
  ["[\\Wa]", "", ["a", "!"], ["b"]],
  ["[^\\Wa]", "", ["b"], ["a", "!"]],
  ["\\Qa.b\\E+", "", ["a.bb"], ["axb"]],
  ["\\x41\\x{1F600}", "", ["A\u{1f600}"], ["A"]],
  ["\\p{L}\\p{Greek}", "", ["aλ"], ["1λ", "aa"]],
  ["(?<y>\\d+)-\\k<y>", "", ["12-12"], ["12-13"]],
  ["(?P<y>a|b)(?P=y)", "", ["aa", "bb"], ["ab"]],
  ["(a)\\g{-1}", "", ["aa"], ["ab"]],
  ["(?i)abc", "", ["ABC"], ["abd"]],
  ["a(?i)b", "", ["aB"], ["AB"]],
  ["a(?i:[b-d])e", "", ["aCe"], ["ACe", "aCE"]],
  ["(?i)a(?-i)b", "", ["Ab"], ["AB"]],
  ["(a|b)(?i)\\1", "", ["aA"], ["Aa"]],
  ["(?#comment)ab", "", ["ab"], ["a"]],
  ["a{2}", "", ["aa"], ["a"]],
  ["a{,2}", "", ["a{,2}"], ["aa"]],
  ["x{", "", ["x{"], ["x"]],
  ["(?<=a)b(?!c)", "", ["ab"], ["abc", "xb"]],
  ["a++b", "", ["aab"], ["aa"]],
  ["(?>a+)a", "", [], ["aaa"]],
  ["^(a+)+$", "", ["aaaa"], ["aaab"]],
  ["^(\\w+\\s?)*$", "", ["some words"], ["!"]],
  ["\\d", "", ["1"], ["١"]],
  ["é", "i", ["É"], ["e"]],
  ["^.$", "", ["\u{1f600}"], ["ab"]],
];

describe("A regular expression of PCRE's syntax", () => {
  test.each(cases)("/%s/%s matches what PCRE matches", (pattern, options, matching, other) => {
    const compiled = compile(pattern, options).pattern;
    for (const text of matching) expect([text, compiled.test(text)]).toEqual([text, true]);
    for (const text of other) expect([text, compiled.test(text)]).toEqual([text, false]);
  });

  test("that backtracks without end is stopped by an error, in far less than a second", () => {
    const { pattern } = compile("^(a+)+$");
    const start = performance.now();
    expect(() => pattern.test(`${"a".repeat(60)}!`)).toThrow("backtracks too often");
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test("takes no more than a moment for a long text that JavaScript would need minutes for", () => {
    const text = "ab".repeat(300_000);
    const start = performance.now();
    expect(() => compile("a.*c").pattern.test(text)).toThrow("backtracks too often");
    expect(compile("ba.*b$").pattern.test(text)).toBe(true);
    expect(compile("^a.*c").pattern.test(text)).toBe(false);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test.each(["(?(1)a)", "(?R)", "a\\K", "(*ACCEPT)", "[[=a=]]", "\\p{Nonsense}"])(
    "%s is not supported and says so",
    (pattern) => {
      expect(() => compile(pattern)).toThrow("not supported");
    },
  );

  test.each(["(", "a)", "*a", "[a", "a{2,1}", "\\", "(a)\\2", "[b-a]", "(?<=a*)b"])("%s is invalid", (pattern) => {
    expect(() => compile(pattern)).toThrow("Regular expression is invalid");
  });

  test("tells the prefix of all that matches", () => {
    expect(compile("^abc.*").prefix).toBe("abc");
    expect(compile("^ab?").prefix).toBe("a");
    expect(compile("^a\\.b").prefix).toBe("a.b");
    expect(compile("^a|b").prefix).toBeUndefined();
    expect(compile("^a", "m").prefix).toBeUndefined();
    expect(compile("^a", "i").prefix).toBeUndefined();
    expect(compile("^ab(?i)c").prefix).toBe("ab");
    expect(compile("(?i)^a").prefix).toBeUndefined();
    expect(compile("a").prefix).toBeUndefined();
  });
});
