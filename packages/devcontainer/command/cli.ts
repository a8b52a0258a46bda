import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { devContainerFailed } from "../errors.ts";
import { readAnswer } from "./cli-answer.ts";
import { CliLog } from "./cli-log.ts";
import type { EmitContainerEvent } from "./container-event.ts";

/** Where the CLI's commands are carried out: the workspace, its configuration, and the variables that name the Docker engine. */
export interface CliPlace {
  readonly workspaceFolder: string;
  readonly file: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The command line of the dev containers CLI, run by the Node that runs this: no PATH is asked. */
export function cliCommand({ workspaceFolder, file }: CliPlace, verb: "up" | "exec"): readonly string[] {
  const folder = dirname(fileURLToPath(import.meta.resolve("@devcontainers/cli/package.json")));
  return [
    process.execPath,
    join(folder, "devcontainer.js"),
    verb,
    "--workspace-folder",
    workspaceFolder,
    "--config",
    file,
  ];
}

/**
 * Runs a command of the CLI to its end and returns the fields of its answer.
 * @throws DevError for what went wrong, with what was written last; the signal's reason when it is aborted
 */
export async function runCli(
  place: CliPlace,
  words: readonly string[],
  emit: EmitContainerEvent,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const { execa } = await import("execa");
  const [program = "", ...first] = cliCommand(place, "up");
  const log = new CliLog(emit);
  const child = execa(program, [...first, "--log-format", "json", ...words], {
    cwd: place.workspaceFolder,
    env: { ...place.variables },
    extendEnv: false,
    cancelSignal: signal,
    reject: false,
    stdin: "ignore",
    buffer: { stderr: false },
  });
  const reading = (async () => {
    for await (const line of child.iterable({ from: "stderr" })) log.take(String(line));
  })().catch(() => undefined);
  const { stdout, exitCode } = await child;
  await reading;
  signal.throwIfAborted();
  const answer = readAnswer(String(stdout ?? ""), exitCode);
  if (answer.outcome === "failure") throw devContainerFailed(answer.failure, log.said);
  return answer.fields;
}
