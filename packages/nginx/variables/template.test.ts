import { expect, test } from "vitest";
import { compileRegex } from "./regex.ts";
import { compileTemplate } from "./template.ts";

const lookup = (name: string) => ({ host: "shop.test", 1: "one", a: "A" })[name];

test.each([
  ["plain", "plain"],
  ["$host", "shop.test"],
  ["http://$host/$1", "http://shop.test/one"],
  ["${a}b$a.c", "AbA.c"],
  ["$HOST", "shop.test"],
  ["$1x$missing!", "onex!"],
  ["100$ and $", "100$ and $"],
])("%s says %s", (text, value) => {
  expect(compileTemplate(text).evaluate(lookup)).toBe(value);
});

test("a template knows its variables, and whether it has any", () => {
  expect(compileTemplate("$a$b-${c}").names).toEqual(["a", "b", "c"]);
  expect(compileTemplate("x").constant).toBe("x");
  expect(compileTemplate("$a").constant).toBeUndefined();
});

test.each([
  ["^/(?P<name>\\w+)$", false, "/abc"],
  ["(?i)^/ABC", false, "/abc"],
  ["^/abc\\z", true, "/ABC"],
  ["[[:digit:]]{2}", false, "a12"],
])("%s matches as in PCRE", (pattern, isCaseless, text) => {
  const compiled = compileRegex(pattern, isCaseless);
  expect("regex" in compiled && compiled.regex.test(text)).toBe(true);
});

test.each(["a++", "(?>a)", "(?x) a", "("])("%s is refused with a reason", (pattern) => {
  expect(compileRegex(pattern, false)).toHaveProperty("reason");
});
