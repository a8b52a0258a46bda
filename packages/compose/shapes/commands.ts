import { splitShellWords } from "../formats/shell-words.ts";
import { itemsOf, type Node, textOf } from "../yaml/node.ts";
import { keyValues, record, words } from "./collections.ts";
import { replace } from "./merge-rules.ts";
import { flag, text } from "./scalars.ts";
import type { PrintFormat, Shape } from "./shape.ts";

const absent = (format: PrintFormat): null | undefined => (format === "json" ? null : undefined);

/** `command` and `entrypoint`: words, or a line that is split into words; null is the image's own, `[]` is none. */
export const command: Shape = {
  ...words(),
  is: "a command line or a list of words",
  accepts: ["text", "list", "null"],
  check: (given) =>
    splitShellWords(given)
      ? undefined
      : { wrong: "has a quote or a bracket that is not closed", hint: 'write it as a list: ["sh", "-c", "..."]' },
  merge: replace,
  print: (node, format) => (node.kind === "scalar" && node.value === null ? absent(format) : commandWords(node)),
  absent,
};

function commandWords(node: Node): readonly string[] {
  return node.kind === "list"
    ? itemsOf(node).map((item) => textOf(item) ?? "")
    : (splitShellWords(textOf(node) ?? "")?.words ?? []);
}

/** A command that runs inside a container: `post_start`, `pre_stop`, `develop.watch[].exec`. */
export const hook: Shape = record(
  "a hook",
  { command, user: text(), privileged: flag(), working_dir: text(), environment: keyValues("null") },
  { required: ["command"] },
);

/** `healthcheck.test`: words, or a shell line. */
export const healthTest: Shape = {
  ...words(),
  is: "a shell line or a list that begins with CMD, CMD-SHELL or NONE",
  accepts: ["text", "list"],
  merge: replace,
  print: (node) => {
    if (node.kind !== "list") return ["CMD-SHELL", textOf(node) ?? ""];
    const test = itemsOf(node).map((item) => textOf(item) ?? "");
    return test.length === 0 ? undefined : test;
  },
};
