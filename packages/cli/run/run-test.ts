import { DevError } from "@drydock/core";
import { openTestDatabases, type StackSource, type TestDatabases } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { formatDuration } from "../output/duration.ts";
import { painter } from "../output/paint.ts";
import { ProgressLines } from "../output/progress-lines.ts";
import { runForwarding } from "./run-forwarding.ts";

/** What `dev test` was asked for besides the stack. */
export interface TestFlags {
  readonly dataset?: string;
  readonly quiet?: true;
}

/** Runs a command against databases of its own and returns its exit code. @throws DevError NO_COMMAND, CANNOT_RUN and those of `openTestDatabases` */
export async function runTest(
  context: CommandContext,
  source: StackSource,
  words: readonly string[],
  { dataset, quiet }: TestFlags,
): Promise<number> {
  if (words.length === 0) throw noCommand();
  const [script = ""] = context.program.superviseArguments;
  const serveCommand = [process.execPath, script, "serve"];
  const progress = new ProgressLines(context.stderr, Boolean(context.stderr.isTTY) && !quiet);
  const startedAt = performance.now();
  const databases = await openTestDatabases(
    { source, serveCommand, ...(dataset === undefined ? {} : { dataset }) },
    (event) => {
      if (event.kind === "notice" && !quiet) context.stderr.write(`! ${event.message}\n`);
      else if (!quiet) progress.take(event);
    },
    context.signal,
  )
    .catch((error: unknown) => {
      if (context.signal.aborted)
        context.stderr.write("\nInterrupted. Nothing was run, and nothing of the databases is left.\n");
      throw error;
    })
    .finally(() => progress.end());
  // From here on an interrupt is the command's: what it leaves is removed when it has ended.
  const release = context.onInterrupt(() => undefined);
  try {
    context.signal.throwIfAborted();
    const line = describe(databases, performance.now() - startedAt);
    if (!quiet) context.stderr.write(`${painter(hasColour(context, context.stderr))("dim", line)}\n`);
    const environment = { ...context.variables, ...databases.variables };
    return await runForwarding({ command: words, directory: context.directory, environment }, context.stdin);
  } finally {
    await databases.close();
    release();
  }
}

/** `databases: mongo 127.0.0.1:40123 (embedded MongoDB), redis 127.0.0.1:40124 (embedded Redis); small restored; 0.6 s` */
function describe({ databases, dataset }: TestDatabases, tookMs: number): string {
  const places = databases.map(({ service, instance }) => {
    const [address] = instance?.addresses ?? [];
    return `${service} ${address?.host}:${address?.port} (${instance?.provider})`;
  });
  const data = dataset ? `${dataset.name} ${dataset.isRestored ? "restored" : "made"}` : "empty";
  return `databases: ${places.join(", ")}; ${data}; ${formatDuration(tookMs)}`;
}

const noCommand = () =>
  new DevError("NO_COMMAND", "There is no command to run.", {
    exitCode: 2,
    hint: "Write it after --: `dev test -- npm test`.",
  });
