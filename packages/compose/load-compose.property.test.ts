import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { anyCharacter } from "@drydock/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatModel } from "./format-model.ts";
import { loadCompose } from "./load-compose.ts";

/** The files of a project, by absolute path. */
type Texts = Readonly<Record<string, string>>;

const tokens = [
  ...[
    "*a",
    "&a ",
    "<<: *a",
    "<<: ",
    "!reset ",
    "!override ",
    "!!int ",
    "${",
    "${A",
    "${A:?no}",
    "${A:-${B:-",
    "$$",
    "}",
    "\t",
    "[",
  ],
  ...[
    "{",
    "]",
    "null",
    "~",
    "- ",
    ": ",
    "? ",
    "'",
    '"',
    "|\n",
    ">\n",
    "\0",
    "\uFFFF",
    "\u2028",
    "\u001b[31m",
    "__proto__: 1\n",
  ],
  ...[
    "constructor: {toString: 1}\n",
    "services: ",
    "extends: web",
    "include: [docker-compose.yml]\n",
    "---\n",
    "...\n",
    "%YAML 9\n",
  ],
  ...[
    "toString",
    "99999999999999999999",
    "1e999",
    "-1",
    "0x",
    ".nan",
    "true",
    "# ",
    "\r",
    "\uFEFF",
    "profiles: [x]",
    "!",
    "@",
    "`",
  ],
];

type Mutation = (text: string) => string;

const position = fc.double({ min: 0, max: 1, noNaN: true });

function splice(where: number, length: number, insert: string): Mutation {
  return (text) => {
    const start = Math.floor(where * text.length);
    return text.slice(0, start) + insert + text.slice(start + length);
  };
}

function editLine(where: number, edit: (lines: readonly string[], index: number) => readonly string[]): Mutation {
  return (text) => {
    const lines = text.split("\n");
    return edit(lines, Math.min(lines.length - 1, Math.floor(where * lines.length))).join("\n");
  };
}

/** A line's value becomes another one, its key stays. */
function replaceValue(where: number, value: string): Mutation {
  return editLine(where, (lines, index) =>
    lines.with(
      index,
      (lines[index] ?? "").replace(/:.*$/, () => `: ${value}`),
    ),
  );
}

function aliasBomb(width: number): string {
  const names = [..."abcdefgh"];
  const levels = names
    .slice(1)
    .map((name, index) => `x-${name}: &${name} [${Array(width).fill(`*${names[index]}`).join(", ")}]\n`);
  return `x-a: &a [1, 2]\n${levels.join("")}`;
}

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc
    .tuple(position, fc.nat(3), fc.string({ unit: fc.nat().map(anyCharacter), maxLength: 3 }))
    .map(([where, length, insert]) => splice(where, length, insert)),
  fc
    .tuple(position, fc.nat(2), fc.constantFrom(...tokens))
    .map(([where, length, token]) => splice(where, length, token)),
  fc.tuple(position, fc.nat(400)).map(([where, length]) => splice(where, length, "")),
  position.map((where) => (text: string) => text.slice(0, Math.floor(where * text.length))),
  position.map((where) => editLine(where, (lines, index) => lines.toSpliced(index, 1))),
  fc
    .tuple(position, position)
    .map(([from, to]) =>
      editLine(from, (lines, index) => lines.toSpliced(Math.floor(to * lines.length), 0, lines[index] ?? "")),
    ),
  fc
    .tuple(position, fc.nat(5))
    .map(([where, depth]) =>
      editLine(where, (lines, index) => lines.with(index, `${" ".repeat(depth)}${(lines[index] ?? "").trimStart()}`)),
    ),
  fc.tuple(position, fc.json({ maxDepth: 4 })).map(([where, json]) => replaceValue(where, json)),
  fc.tuple(position, fc.constantFrom(...tokens)).map(([where, token]) => replaceValue(where, token)),
  fc
    .tuple(position, fc.integer({ min: 1, max: 3000 }))
    .map(([where, depth]) => replaceValue(where, `${"[".repeat(depth)}${"]".repeat(depth)}`)),
  fc
    .tuple(position, fc.integer({ min: 1, max: 3000 }))
    .map(([where, depth]) => replaceValue(where, "{a: ".repeat(depth))),
  fc.integer({ min: 2, max: 12 }).map((width) => (text: string) => aliasBomb(width) + text),
  fc.constant((text: string) => text.replaceAll("\n", "\r\n")),
);

/** One of the projects, with a few changes in one of its files. */
function mutatedProject(projects: readonly Texts[]): fc.Arbitrary<Texts> {
  return fc
    .tuple(fc.constantFrom(...projects), position, fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([texts, where, mutations]) => {
      const paths = Object.keys(texts);
      const path = paths[Math.min(paths.length - 1, Math.floor(where * paths.length))] ?? "";
      return { ...texts, [path]: mutations.reduce((text, mutate) => mutate(text), texts[path] ?? "") };
    });
}

const folder = join(import.meta.dirname, "fixtures");
const names = ["good", "bad"].flatMap((kind) =>
  readdirSync(join(folder, kind)).map((name) => join(folder, kind, name)),
);
const projects = names.map((name): Texts => {
  const files = readdirSync(name, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !/\.(json|txt)$/.test(path));
  return Object.fromEntries(paths.map((path) => [join("/p", relative(name, path)), readFileSync(path, "utf8")]));
});

// `npm run test:full` looks at more of them.
const numRuns = Number(process.env.PROPERTY_RUNS ?? 400);

test("whatever a file says, there is a model or problems with places in it, and never an exception", {
  timeout: 600_000,
}, () => {
  fc.assert(
    fc.property(mutatedProject(projects), (texts) => {
      const files = {
        read: (path: string) => (Object.hasOwn(texts, path) ? texts[path] : undefined),
        isDirectory: () => false,
      };
      const asked = {
        directory: "/p",
        files: [],
        envFiles: [],
        profiles: ["*"],
        variables: { HOME: "/home/dev", A: "1" },
      };
      const result = loadCompose(asked, files);
      if (result.ok) {
        expect(JSON.parse(formatModel(result.model, "json"))).toHaveProperty("services");
        expect(formatModel(result.model, "yaml")).toContain("services:");
        return;
      }
      expect(result.problems.length).toBeGreaterThan(0);
      for (const { file, line, column, length, message, hint, excerpt = "" } of result.problems) {
        const lines = (texts[join("/p", file)] ?? "").replace(/^\uFEFF/, "").split("\n");
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual(excerpt.length + 1);
        expect(length).toBeGreaterThanOrEqual(1);
        expect(column - 1 + length).toBeLessThanOrEqual(Math.max(excerpt.length, column));
        expect(excerpt.length).toBe((lines[line - 1] ?? "").replace(/\r$/, "").length);
        expect(message).not.toBe("");
        expect(`${message} ${hint}`).not.toMatch(/\[object|NaN|TypeError|RangeError/);
      }
    }),
    { numRuns },
  );
});
