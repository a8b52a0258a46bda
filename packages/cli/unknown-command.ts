import { DevError, nearest } from "@drydock/core";

/** Builds UNKNOWN_COMMAND (exit 2) for a word that is none of the commands `known`; `parent` is how the command above them is called. */
export function unknownCommand(word: string, known: readonly string[], parent = "dev"): DevError {
  const meant = nearest(word, known);
  return new DevError("UNKNOWN_COMMAND", `There is no command "${word}".`, {
    exitCode: 2,
    hint: meant ? `Did you mean \`${parent} ${meant}\`?` : `\`${parent} --help\` lists them.`,
  });
}
