import { splitShellWords } from "./formats/shell-words.ts";
import { child, entriesOf, type MappingNode, textOf } from "./yaml/node.ts";

/** Notices of command lines that end at a shell operator: Compose starts no shell, and ignores the rest. */
export function cutCommands(root: MappingNode): readonly string[] {
  return [...entriesOf(child(root, "services"))].flatMap(([name, { node }]) =>
    ["command", "entrypoint"].flatMap((key) => {
      const line = textOf(child(node, key)) ?? "";
      const cutAt = splitShellWords(line)?.cutAt;
      if (cutAt === undefined) return [];
      const rest = JSON.stringify(line.slice(cutAt).trim());
      return [
        `services.${name}.${key}: ${rest} is ignored, as no shell runs it; write ["sh", "-c", "..."] to have one`,
      ];
    }),
  );
}
