import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "@drydock/core";
import { describe, expect, test } from "vitest";
import type { ComposeFiles } from "./files/compose-files.ts";
import { fixtureInput, portable } from "./fixture-case.ts";
import { loadCompose } from "./load-compose.ts";

// The whole text of what is wrong lies beside each fixture; UPDATE_EXPECTED=1 writes it anew, to be read before it is committed.
const folder = join(import.meta.dirname, "fixtures", "bad");
const disk: ComposeFiles = {
  // The search for a Compose file goes upwards; a fixture that has none must not find another one's.
  read: (path) =>
    path.startsWith(folder) && statSync(path, { throwIfNoEntry: false })?.isFile()
      ? readFileSync(path, "utf8")
      : undefined,
  isDirectory: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
};

describe("every mistake of a file is said at once, with its place and what to write", () => {
  test.each(readdirSync(folder).sort())("%s", (name) => {
    const here = join(folder, name);
    const result = loadCompose(fixtureInput(here, disk), disk);
    const text = result.ok ? "no problem was found\n" : portable(result.problems.map(format).join(""), here);
    if (process.env.UPDATE_EXPECTED) writeFileSync(join(here, "problems.txt"), text);
    expect(text).toBe(readFileSync(join(here, "problems.txt"), "utf8"));
    expect(result.ok).toBe(false);
  });
});

function format({ file, line, column, length, message, hint, excerpt = "" }: Problem): string {
  const shown = excerpt.replaceAll("\t", "→");
  return `${file}:${line}:${column}  ${message}\n  | ${shown}\n  | ${" ".repeat(column - 1)}${"^".repeat(length)} ${hint ?? ""}`
    .trimEnd()
    .concat("\n\n");
}
