import { DevError, type DevEvent, type LogEvent } from "@drydock/core";
import { connect, lookAtLogs, type StackSource, type Supervisor, stackServices } from "@drydock/session";
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

/** Prints stored lines, and with `--follow` those to come; of a running stack also where its files are wrong now. @throws DevError NO_SUCH_SERVICE, BAD_PATTERN */
export async function runLogs(
  context: CommandContext,
  source: StackSource,
  services: readonly string[],
  flags: LogFlags,
): Promise<void> {
  const supervisor = await connect(source, context.program);
  const known = await knownServices(supervisor, source, services, context.signal);
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
  await supervisor.follow(request, take, context.signal).catch((error: unknown) => {
    // A reader that has seen enough, such as `grep -m1`, is no failure.
    if (!context.stdout.errored) throw error;
  });
}

/** The services that the files name, and, where the files cannot be used, those that run. */
async function knownServices(
  supervisor: Supervisor | undefined,
  source: StackSource,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<readonly { readonly name: string; readonly replicas: number }[]> {
  try {
    return stackServices(source, wanted);
  } catch (error) {
    const isInFiles = error instanceof DevError && error.code !== "NO_SUCH_SERVICE";
    const running = isInFiles ? await supervisor?.attach(source, signal).catch(() => undefined) : undefined;
    const services = running?.services.map(({ name, wantedReplicas }) => ({ name, replicas: wantedReplicas })) ?? [];
    if (services.length === 0 || !wanted.every((name) => services.some((each) => each.name === name))) throw error;
    return services;
  }
}

function asJson({ at, service, number, stream, text }: LogEvent): unknown {
  return { time: new Date(at).toISOString(), service, instance: number, stream, text };
}
