import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { execForm, parseDockerfile, splitWords } from "./dockerfile.ts";

test("continuation lines join, comments and here-documents are left out", () => {
  const text = `# syntax=docker/dockerfile:1
FROM node:24-slim AS base
RUN apt-get update && \\
    # a comment inside
    apt-get install -y curl

RUN <<EOF
CMD ["not", "an", "instruction"]
EOF
cmd node server.js
`;
  expect(parseDockerfile(text)).toEqual([
    { name: "FROM", text: "node:24-slim AS base" },
    { name: "RUN", text: "apt-get update && apt-get install -y curl" },
    { name: "RUN", text: "<<EOF" },
    { name: "CMD", text: "node server.js" },
  ]);
});

test("the escape directive makes the backtick join lines", () => {
  expect(parseDockerfile("# escape=`\nRUN a `\n b")).toEqual([{ name: "RUN", text: "a b" }]);
});

test("exec form is JSON, everything else is a shell line", () => {
  expect(execForm('["node", "a b.js"]')).toEqual(["node", "a b.js"]);
  expect(execForm("['node']")).toBeUndefined();
  expect(execForm("node server.js")).toBeUndefined();
});

test("words keep what quotes hold together", () => {
  expect(splitWords(`a "b c" d='e f' g\\ h ""`)).toEqual(["a", "b c", "d=e f", "g h", ""]);
});

test("no text makes it throw", () => {
  assert(property(string({ unit: "grapheme" }), (text) => Array.isArray(parseDockerfile(text))));
});
