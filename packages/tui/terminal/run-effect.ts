import { type DevEvent, type ExecCommand, serializeError } from "@drydock/core";
import type { StackSource, Supervisor } from "@drydock/session";
import type { Effect } from "../state/effect.ts";
import { backupsInto, dataInto, edgeInto } from "./read-overviews.ts";
import { DataRunner } from "./run-data-effect.ts";
import type { ScreenStore } from "./screen-store.ts";
import { sentenceOf } from "./sentence-of.ts";

// How many older lines of each service are read back at a time.
const olderLines = 500;

/** What effects need besides the store. */
export interface EffectContext {
  readonly supervisor: Supervisor;
  /** The stack on the screen. */
  readonly source: StackSource;
  readonly openUrl: (url: string) => Promise<void>;
  readonly signal: AbortSignal;
  /** Leaves the screen for a while, or for good. */
  readonly interrupt: (interlude: Interlude) => void;
}

/** Why the frames stop. */
export type Interlude =
  | { readonly kind: "leave"; readonly reason: "detach" | "stop" | "kill" | "supervisor-ended" }
  | { readonly kind: "plain" }
  | { readonly kind: "shell"; readonly service: string; readonly command: ExecCommand };

/** Carries out the effects of a store, each in its own time; what comes of them goes back into the store. */
export function effectRunner(store: ScreenStore, context: EffectContext): (effect: Effect) => void {
  const readUrls = oneAtATime(() => urlsInto(store, context));
  const readData = oneAtATime(() => dataInto(store, context));
  const readBackups = oneAtATime(() => backupsInto(store, context));
  const readEdge = oneAtATime(() => edgeInto(store, context));
  const data = new DataRunner(store, context);
  return (effect) => {
    switch (effect.kind) {
      case "restart":
      case "stop":
      case "start":
        return void act(store, context, effect);
      case "open":
        return void report(store, effect.service, `opened ${effect.url}`, context.openUrl(effect.url));
      case "debug":
        return void debug(store, context, effect.service);
      case "shell":
        return void openShell(store, context, effect.service, effect.number);
      case "explain":
        return void explain(store, context, effect.service, effect.number);
      case "read-older":
        return void readOlder(store, context, effect.services);
      case "read-urls":
        return readUrls();
      case "read-data":
        return readData();
      case "read-backups":
        return readBackups();
      case "read-edge":
        return readEdge();
      case "seed":
      case "save":
      case "restore":
      case "remove":
      case "switch-branch":
      case "prune":
      case "back-up":
      case "verify":
      case "restore-backup":
        return void data.run(effect);
      case "cancel-data":
        return data.cancel();
      case "renew":
        return void renew(store, context);
      case "plain":
      case "leave":
        return context.interrupt(effect);
    }
  };
}

const past = { restart: "restarted", stop: "stopped", start: "started" } as const;

async function act(
  store: ScreenStore,
  { supervisor, signal }: EffectContext,
  { kind, service }: Extract<Effect, { kind: "restart" | "stop" | "start" }>,
): Promise<void> {
  // What happens meanwhile comes by the stream that the screen follows; what is said to the one who asks, such as what has to be waited for, comes here.
  const take = (event: DevEvent) => {
    if (event.kind === "notice") store.happen({ kind: "event", event });
  };
  const acting = supervisor[kind]({ services: [service] }, take, signal);
  await report(store, service, `${past[kind]} ${service}`, acting);
}

async function report(store: ScreenStore, service: string, text: string, acting: Promise<void>): Promise<void> {
  try {
    await acting;
    store.happen({ kind: "acted", service, text, isError: false });
  } catch (error) {
    store.happen({ kind: "acted", service, text: sentenceOf(serializeError(error)), isError: true });
  }
}

async function debug(
  store: ScreenStore,
  { supervisor, source, signal }: EffectContext,
  service: string,
): Promise<void> {
  const told = (text: string, isError: boolean) => store.happen({ kind: "acted", service, text, isError });
  try {
    const request = { source, service, waits: false, isOff: false };
    const target = await supervisor.debug(request, () => undefined, signal);
    const ports = target?.inspectors.map(({ port }) => port) ?? [];
    told(
      `${service} listens for a debugger at 127.0.0.1:${ports.join(", ")}; dev debug ${service} --off ends it`,
      false,
    );
  } catch (error) {
    told(sentenceOf(serializeError(error)), true);
  }
}

// The shells that images have, best first; sh is in all that have any (Filesystem Hierarchy Standard 3.0, section 3.4.2).
const shell = ["sh", "-c", "command -v bash >/dev/null 2>&1 && exec bash || exec sh"];

async function openShell(store: ScreenStore, context: EffectContext, service: string, number: number): Promise<void> {
  try {
    const query = { service, number, command: shell, environment: {} };
    const command = await context.supervisor.exec(query, context.signal);
    context.interrupt({ kind: "shell", service, command });
  } catch (error) {
    store.happen({ kind: "acted", service, text: sentenceOf(serializeError(error)), isError: true });
  }
}

async function explain(store: ScreenStore, context: EffectContext, service: string, number: number): Promise<void> {
  try {
    const explanation = await context.supervisor.explain(service, number, context.signal);
    store.happen({ kind: "explained", service, explained: { number, explanation, error: undefined } });
  } catch (error) {
    const explained = { number, explanation: undefined, error: serializeError(error) };
    store.happen({ kind: "explained", service, explained });
  }
}

async function readOlder(store: ScreenStore, context: EffectContext, services: readonly string[]): Promise<void> {
  try {
    const read = services.map((service) => {
      const until = store.state.logs.oldest(service)?.at;
      const query = { services: [service], tail: olderLines, ...(until === undefined ? {} : { until }) };
      return context.supervisor.readLogs(query, context.signal);
    });
    const lines = (await Promise.all(read)).flat();
    store.happen({ kind: "older", added: store.state.logs.prepend(lines) });
  } catch {
    // The lines that are here stay; the banner tells when the supervisor is gone.
    store.happen({ kind: "older", added: 0 });
  }
}

async function urlsInto(store: ScreenStore, { supervisor, signal }: EffectContext): Promise<void> {
  const status = await supervisor.status(signal);
  store.happen({
    kind: "urls",
    main: status.url,
    isTrusted: status.isTrusted,
    urls: new Map(status.services.map((each) => [each.name, each.urls])),
  });
}

async function renew(store: ScreenStore, { supervisor, signal }: EffectContext): Promise<void> {
  const told = (text: string, isError: boolean): void =>
    store.happen({ kind: "acted", service: "@front", text, isError });
  try {
    const renewal = await supervisor.renewCertificate(signal);
    if (!renewal) return told("there is no front now that could serve a new certificate", true);
    const until = new Date(renewal.validUntil).toLocaleString("sv-SE").slice(0, 16);
    told(`a new certificate, good until ${until}${renewal.isServed ? "; the front serves it" : ""}`, !renewal.isServed);
  } catch (error) {
    told(sentenceOf(serializeError(error)), true);
  }
}

/** Runs a task; what is asked for while it runs is one more run after it. Failures are left to the next run. */
function oneAtATime(task: () => Promise<void>): () => void {
  let isRunning = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    do {
      isWanted = false;
      await task().catch(() => undefined);
    } while (isWanted);
    isRunning = false;
  };
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
}
