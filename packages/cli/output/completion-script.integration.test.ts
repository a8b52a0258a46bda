import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { type CompletableCommand, completionScript } from "./completion-script.ts";

const command = (name: string, flags: readonly string[] = [], subcommands: readonly CompletableCommand[] = []) => ({
  name,
  description: `What ${name}'s user wants`,
  flags,
  takesServices: false,
  subcommands,
});
const commands = [
  command("up", ["--detach", "--dry-run"]),
  command("snapshot", ["--json"], [command("save", ["--yes"]), command("restore", ["--latest"])]),
];

/** What a bash would offer for the last of these words. */
function offers(...words: readonly string[]): string {
  const script = `${completionScript("bash", commands)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _dev_complete; echo "\${COMPREPLY[*]}"`;
  return execFileSync("bash", ["-c", script, "bash", ...words], { encoding: "utf8" }).trim();
}

test.each([
  [["dev", ""], "up snapshot"],
  [["dev", "up", "--d"], "--detach --dry-run"],
  [["dev", "up", "api", "--dr"], "--dry-run"],
  [["dev", "snapshot", ""], "save restore --json"],
  [["dev", "snapshot", "re"], "restore"],
  [["dev", "snapshot", "restore", "--"], "--latest"],
  [["dev", "snapshot", "save", "one", "--"], "--yes"],
  [["dev", "elsewhere", ""], ""],
])("bash completes %j with %j", (words, expected) => {
  expect(offers(...words)).toBe(expected);
});

test("fish is told of each subcommand after its command, with words that may hold quotes", () => {
  const lines = completionScript("fish", commands).split("\n");
  expect(lines).toContain(
    "complete -c dev -f -n '__fish_seen_subcommand_from snapshot; and not __fish_seen_subcommand_from save restore' -a save -d 'What save\\'s user wants'",
  );
  expect(lines).toContain(
    "complete -c dev -f -n '__fish_seen_subcommand_from snapshot; and __fish_seen_subcommand_from restore' -l latest",
  );
});
