import type { Environment } from "@drydock/core";
import { findCompose } from "./compose-program.ts";
import { cliVariables, type FoundDocker } from "./docker-host.ts";
import { composeMissing } from "./errors.ts";

/** One call of Compose. */
export interface ComposeCall {
  readonly docker: FoundDocker;
  readonly environment: Environment;
  /** The caller's environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** A generated file that comes after the user's own. */
  readonly override?: string | undefined;
  /** Words after the global flags: `create`, `--quiet-pull`, ... */
  readonly words: readonly string[];
  /** How Compose prints progress; `json` unless said otherwise. */
  readonly progress?: "json" | "plain";
  /** Called for each line that Compose prints. */
  readonly onLine?: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What a call that ended badly said. */
export interface ComposeOutcome {
  readonly exitCode: number;
  /** What it printed on either stream, in order. */
  readonly lines: readonly string[];
}

/**
 * Runs Compose on exactly the files, profiles, project name and folder of the environment, and waits for its end.
 * @throws DevError COMPOSE_MISSING; the signal's reason when it is aborted
 */
export async function runCompose(call: ComposeCall): Promise<ComposeOutcome> {
  const { docker, environment, variables, override, words, progress = "json", onLine, signal } = call;
  // Loaded when it is needed: most commands run no Compose.
  const { execa } = await import("execa");
  const [program, ...first] = findCompose(variables);
  const lines: string[] = [];
  const child = execa(program, [...first, "--progress", progress, ...globalWords(environment, override), ...words], {
    cwd: environment.directory,
    env: composeVariables(variables, docker),
    extendEnv: false,
    stdin: "ignore",
    all: true,
    buffer: false,
    reject: false,
    cancelSignal: signal,
    forceKillAfterDelay: 5_000,
  });
  const read = async () => {
    for await (const line of child.iterable({ from: "all" })) {
      lines.push(line);
      onLine?.(line);
    }
  };
  const [result] = await Promise.all([child, read().catch(() => undefined)]);
  signal.throwIfAborted();
  if ("code" in result && result.code === "ENOENT") throw composeMissing();
  if (lines.some((line) => line.includes("is not a docker command"))) throw composeMissing();
  return { exitCode: result.exitCode ?? 1, lines };
}

/** The flags that say which stack is meant. */
export function globalWords(environment: Environment, override: string | undefined): readonly string[] {
  const files = override === undefined ? environment.files : [...environment.files, override];
  return [
    "--project-name",
    environment.project,
    "--project-directory",
    environment.directory,
    ...files.flatMap((file) => ["--file", file]),
    ...environment.envFiles.flatMap((file) => ["--env-file", file]),
    ...environment.profiles.flatMap((profile) => ["--profile", profile]),
  ];
}

/** The caller's variables, pointed at our engine, without those that would change what the flags say. */
function composeVariables(variables: Readonly<Record<string, string>>, docker: FoundDocker): Record<string, string> {
  const {
    DOCKER_HOST: _host,
    DOCKER_CONTEXT: _context,
    COMPOSE_FILE: _file,
    COMPOSE_PROFILES: _profiles,
    COMPOSE_PROJECT_NAME: _name,
    COMPOSE_REMOVE_ORPHANS: _orphans,
    ...rest
  } = variables;
  return { ...rest, ...cliVariables(docker), COMPOSE_IGNORE_ORPHANS: "1" };
}
