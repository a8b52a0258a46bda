import type { DevEvent, LogEvent } from "@drydock/core";
import { connect, lookAtLogs, type StackSource, stackServices } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { LogText } from "../output/log-text.ts";
import { painter } from "../output/paint.ts";
import { wordsFor } from "../output/terminal-text.ts";

/** What `dev logs` was asked for besides the stack. */
export interface LogFlags {
  readonly follow?: true;
  readonly since?: number;
  readonly until?: number;
  readonly tail?: number;
  readonly grep?: string;
  readonly json?: true;
}

/** Prints stored lines, and with `--follow` those to come. @throws DevError NO_SUCH_SERVICE, BAD_PATTERN */
export async function runLogs(
  context: CommandContext,
  source: StackSource,
  services: readonly string[],
  flags: LogFlags,
): Promise<void> {
  const known = stackServices(source, services);
  const isColoured = hasColour(context, context.stdout);
  const text = new LogText(painter(isColoured), known, wordsFor(context.stdout, isColoured));
  const print = (event: LogEvent) => {
    context.stdout.write(flags.json ? `${JSON.stringify(asJson(event))}\n` : text.line(event));
  };
  const { follow: isFollowing, since, until, grep } = flags;
  const tail = flags.tail ?? (since === undefined && grep === undefined && isFollowing ? 10 : undefined);
  const query = {
    services,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(tail === undefined ? {} : { tail }),
    ...(grep === undefined ? {} : { grep }),
  };
  const supervisor = await connect(source, context.program);
  if (!supervisor || !isFollowing) {
    const lines = supervisor ? await supervisor.readLogs(query, context.signal) : await lookAtLogs(source, query);
    for (const line of lines) print(line);
    if (isFollowing) context.stderr.write("Nothing runs, so nothing follows. `dev up` starts it.\n");
    return;
  }
  const pattern = grep === undefined ? undefined : new RegExp(grep);
  const request = {
    logs: true,
    services,
    replayLines: tail ?? Number.MAX_SAFE_INTEGER,
    ...(since === undefined ? {} : { since }),
    usage: false,
  };
  const take = (event: DevEvent) => {
    if (event.kind === "log" && (!pattern || pattern.test(event.text))) print(event);
  };
  await supervisor.follow(request, take, context.signal);
}

function asJson({ at, service, number, stream, text }: LogEvent): unknown {
  return { time: new Date(at).toISOString(), service, instance: number, stream, text };
}
