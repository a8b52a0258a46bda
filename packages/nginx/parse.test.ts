import { array, assert, constantFrom, letrec, option, property, record, string, stringMatching } from "fast-check";
import { expect, test } from "vitest";
import { type Directive, unquote } from "./directive.ts";
import { parseNginx } from "./parse.ts";
import { printNginx } from "./print.ts";

const word = constantFrom(
  "on",
  "80",
  '"a; b"',
  "'{ }'",
  "$host",
  "${name}x",
  "~*",
  "\\.php$",
  "a#b",
  "http://api:3000/",
);
const name = stringMatching(/^[a-z][a-z_]{0,10}$/);
const { tree } = letrec<{ readonly tree: readonly Directive[] }>((tie) => ({
  tree: array(
    record({
      name,
      words: array(word, { maxLength: 3 }),
      block: option(tie("tree"), { nil: undefined, depthSize: "small" }),
    }).map(({ block, ...rest }) => (block === undefined ? rest : { ...rest, block })),
    { maxLength: 4 },
  ),
}));

test("what is printed is read again as it was", () => {
  const withoutPlaces = (directives: readonly Directive[]): readonly Directive[] =>
    directives.map(({ name, words, block }) => ({ name, words, ...(block ? { block: withoutPlaces(block) } : {}) }));
  assert(
    property(tree, (directives) => {
      expect(withoutPlaces(parseNginx(printNginx(directives).text, "x"))).toEqual(directives);
    }),
  );
});

test("any text is read or refused with its line, never with another error", () => {
  const piece = constantFrom("server", "{", "}", ";", '"', "'", "#", "\n", " ", "\\", "${", "$a", "listen 80");
  const text = array(piece).map((pieces) => pieces.join(""));
  for (const each of [text, string({ unit: "grapheme" })]) {
    assert(
      property(each, (content) => {
        try {
          return Array.isArray(parseNginx(content, "x"));
        } catch (error) {
          return error instanceof Error && "code" in error && error.code === "NGINX_SYNTAX";
        }
      }),
    );
  }
});

test("a directive knows its line, also after comments and quoted words over several lines", () => {
  const found = parseNginx(`# one\nlog_format a 'x\ny';\n\nserver {\n  listen 80; # three\n}`, "site.conf");
  expect(found.map(({ name, place }) => [name, place?.line])).toEqual([
    ["log_format", 2],
    ["server", 5],
  ]);
  expect(found[1]?.block?.[0]?.place).toEqual({ file: "site.conf", line: 6 });
});

test("quotes and their escapes are taken off a word", () => {
  expect(['"a b"', "'it\\'s'", "plain", '"'].map(unquote)).toEqual(["a b", "it's", "plain", '"']);
});
