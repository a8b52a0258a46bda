import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatModel } from "./format-model.ts";
import { loadCompose } from "./load-compose.ts";
import { mutatedProject, type Texts } from "./mutated-project.ts";

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
