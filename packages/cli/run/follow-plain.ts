import { describeEdit } from "@drydock/core";
import type { StackSource, Supervisor } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { formatDuration } from "../output/duration.ts";
import { LogText } from "../output/log-text.ts";
import { noticeText } from "../output/notice-text.ts";
import { painter } from "../output/paint.ts";
import { wordsFor } from "../output/terminal-text.ts";

// What services say while they start comes first, so much of each.
const startLines = 200;

/**
 * Follows the logs as lines, those since `since` (milliseconds since the epoch) first, until an interrupt, which takes the stack down, as Ctrl-C does with `docker compose up`; the
 * data stays. Returns the exit code: 130, or 0 when the stack was taken down elsewhere.
 */
export async function followPlain(
  context: CommandContext,
  source: StackSource,
  supervisor: Supervisor,
  since: number,
): Promise<number> {
  const isColoured = hasColour(context, context.stdout);
  const paint = painter(isColoured);
  const words = wordsFor(context.stdout, isColoured);
  const interrupted = new AbortController();
  const release = context.onInterrupt(() => {
    if (interrupted.signal.aborted) process.kill(process.pid, "SIGKILL");
    interrupted.abort();
  });
  let text = new LogText(paint, [], words);
  try {
    await supervisor
      .follow(
        { logs: true, services: [], replayLines: startLines, since, usage: false },
        (event) => {
          if (event.kind === "session") text = new LogText(paint, event.services, words);
          if (event.kind === "edit")
            context.stdout.write(`${paint(event.phase === "failed" ? "red" : "dim", describeEdit(event))}\n`);
          if (event.kind === "notice") context.stdout.write(`${paint("yellow", "!")} ${noticeText(event)}\n`);
          if (event.kind === "log") context.stdout.write(text.line(event));
          if (event.kind === "skipped")
            context.stdout.write(paint("dim", `${event.lines} lines were left out here: dev logs has them\n`));
        },
        AbortSignal.any([interrupted.signal, context.signal]),
      )
      .catch((error) => {
        if (!interrupted.signal.aborted) throw error;
      });
    if (!interrupted.signal.aborted) return 0;
    context.stderr.write("\nStopping; press Ctrl-C again to leave it running.\n");
    const result = await supervisor.down(
      { source, volumes: false, removeOrphans: true, dryRun: false },
      () => undefined,
      context.signal,
    );
    context.stderr.write(`Stopped in ${formatDuration(result.durationMs)}. The data is kept.\n`);
    return 130;
  } finally {
    release();
  }
}
