import { describe, expect, test } from "vitest";
import { parseDotenv } from "./dotenv.ts";
import { parseRawEnvFile } from "./raw-env-file.ts";

const shell = new Map([
  ["SHELL", "shell"],
  ["A", "from shell"],
]);
const lookup = (name: string): string | undefined => shell.get(name);
const read = (text: string): Record<string, string> => Object.fromEntries(parseDotenv(text, lookup).variables);

describe("a .env file is read as Compose reads it", () => {
  test.each([
    ["K=v", { K: "v" }],
    ["K = v ", { K: "v" }],
    ["export K=v", { K: "v" }],
    ["K: v", { K: "v" }],
    ["# K=v\n\n  # more\nL=1", { L: "1" }],
    ["K=v # comment", { K: "v" }],
    ["K=v#kept", { K: "v#kept" }],
    ["K='a $SHELL \\n b' # c", { K: "a $SHELL \\n b" }],
    ['K="a $SHELL \\t b"', { K: "a shell \t b" }],
    ['K="a\nb"\nL=2', { K: "a\nb", L: "2" }],
    ['K="say \\"hi\\""', { K: 'say "hi"' }],
    ['K="\\$SHELL"', { K: "$SHELL" }],
    ['K="\\0101\\q"', { K: "A\\q" }],
    ["K=\nL=''\nM=\"\"", { K: "", L: "", M: "" }],
    ["K=a=b=c", { K: "a=b=c" }],
    ["K=1\nL=${K}2", { K: "1", L: "12" }],
    ["A=file\nL=$A", { A: "file", L: "from shell" }],
    ["SHELL\nNOT_THERE\nK=1", { SHELL: "shell", K: "1" }],
    ["SHELL", { SHELL: "shell" }],
    ["K=1\nK=2", { K: "2" }],
    ["\uFEFFK=v\r\nL=w\r\n", { K: "v", L: "w" }],
    ["a.b-c[0]=x", { "a.b-c[0]": "x" }],
  ])("%j", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test("what an earlier file said is seen, and what the caller has wins over it", () => {
    const { variables } = parseDotenv("L=$E-$A", lookup, new Map([["E", "earlier"]]));
    expect(Object.fromEntries(variables)).toEqual({ E: "earlier", L: "earlier-from shell" });
  });
});

describe("a mistake in a .env file has its place", () => {
  test.each([
    ["A B=1", 0, 3, "the name of a variable cannot have a space"],
    ["OK=1\n=2", 5, 1, "the name of the variable is missing"],
    ["A!=1", 1, 1, '"!" cannot stand in the name of a variable'],
    ['A="x\nB=1', 2, 2, "a quote is not closed"],
    ["A=${B:?why}", 2, 9, "the variable B is needed: why"],
    ["A=x${ }", 3, 4, "${ } is not a variable"],
  ])("%j", (text, offset, length, message) => {
    expect(parseDotenv(text, () => undefined).mistakes).toMatchObject([{ offset, length, message }]);
  });

  test("a variable that nothing sets is listed, and the value is without it", () => {
    const { variables, unset } = parseDotenv("A=pa$word", () => undefined);
    expect(variables.get("A")).toBe("pa");
    expect(unset).toMatchObject([{ offset: 4, length: 5, message: "the variable word is not set" }]);
  });
});

test("a raw env_file is read as docker run --env-file reads it", () => {
  const text = '\uFEFF# comment\n  K="v" # kept\nD=$SHELL\nSHELL\nNOT_THERE\nE=\n A=b=c \r\n';
  const { variables, mistakes } = parseRawEnvFile(text, lookup);
  expect(Object.fromEntries(variables)).toEqual({ K: '"v" # kept', D: "$SHELL", SHELL: "shell", E: "", A: "b=c " });
  expect(mistakes).toEqual([]);
  expect(parseRawEnvFile("ok=1\nA B=1", lookup).mistakes).toMatchObject([{ offset: 5, length: 5 }]);
});
