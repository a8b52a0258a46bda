import { systemClock } from "@drydock/core";
import { connectOrStart, type Supervisor, type UpRequest } from "@drydock/session";
import { showScreen } from "@drydock/tui";
import { type CommandContext, hasColour } from "../context.ts";
import { formatError } from "../output/format-error.ts";
import { painter } from "../output/paint.ts";
import { openUrl } from "./open-url.ts";
import { runInTerminal } from "./run-in-terminal.ts";

/**
 * Brings the stack up behind the screen. Mistakes in the files are said before the screen opens; what fails later is shown on
 * it. Returns the exit code.
 */
export async function runScreen(context: CommandContext, request: UpRequest): Promise<number> {
  const supervisor = await connectOrStart(request.source, context.program);
  let failure: unknown;
  const bringing = new Promise<void>((planned, failed) => {
    supervisor
      .up(
        request,
        (event) => {
          if (event.kind === "plan") planned();
        },
        context.signal,
      )
      .then(
        () => planned(),
        (error) => {
          failure = error;
          failed(error);
        },
      );
  });
  // A plan means that the files are right: the screen opens only then.
  await bringing;
  const release = context.onInterrupt(() => undefined);
  try {
    const exit = await showScreen({
      supervisor,
      source: request.source,
      stdin: context.stdin,
      stdout: context.stdout,
      variables: context.variables,
      clock: systemClock,
      openUrl,
      runInTerminal: async (command) => void (await runInTerminal(command)),
      signal: context.signal,
    });
    if (exit.reason === "stop" || exit.reason === "kill") return stop(context, supervisor, request);
    if (failure && !context.signal.aborted) {
      const paint = painter(hasColour(context, context.stderr));
      context.stderr.write(formatError(failure, paint, { isDebugging: false, directory: context.directory }).text);
    }
    if (exit.reason === "supervisor-ended") return 1;
    const status = await supervisor.status(AbortSignal.timeout(5_000));
    const running = status.services.filter((service) =>
      service.instances.some((each) => each.state === "ready"),
    ).length;
    context.stdout.write(
      `${running} services of ${status.project} go on running. \`dev up\` shows them again, \`dev down\` stops them.\n`,
    );
    return failure ? 1 : 0;
  } finally {
    release();
  }
}

async function stop(context: CommandContext, supervisor: Supervisor, request: UpRequest): Promise<number> {
  context.stdout.write("Stopping ...\n");
  const { cleaned } = await supervisor.down(
    { source: request.source, volumes: false, removeOrphans: true, dryRun: false },
    () => undefined,
    new AbortController().signal,
  );
  for (const label of cleaned) context.stdout.write(`  cleaned up ${label}\n`);
  context.stdout.write("Stopped. Nothing of it is left but the data.\n");
  return 0;
}
