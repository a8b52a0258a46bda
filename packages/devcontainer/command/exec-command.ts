import type { ExecCommand } from "@drydock/core";
import { type CliPlace, cliCommand } from "./cli.ts";

// The user's own shell, which the CLI looks up (userEnvProbe).
const shell = ["sh", "-c", 'exec "${SHELL:-$(command -v bash || command -v sh)}"'];

/** What runs a command inside the dev container, with its user, folder and variables; without words, a shell. */
export function execInContainer(place: CliPlace, words: readonly string[]): ExecCommand {
  return {
    command: [...cliCommand(place, "exec"), ...(words.length > 0 ? words : shell)],
    directory: place.workspaceFolder,
    environment: place.variables,
  };
}
