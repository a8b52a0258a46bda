import { type FSWatcher, watch } from "node:fs";
import { dirname } from "node:path";
import {
  type Emit,
  type Instance,
  type LogEvent,
  type RequestAttempt,
  type Service,
  serverOfImage,
  type WebRequest,
} from "@drydock/core";
import { frontFolder } from "../front/front-folder.ts";
import type { Session } from "../session.ts";
import { readAccessLine } from "./access-line.ts";
import { FileTail } from "./file-tail.ts";
import { Sample } from "./sample.ts";

// More than anybody reads, and as much as a screen and a socket take without being noticed.
const mostPerSecond = 1_000;
// What came before the reader did: about 200 lines of a front's log, and the last lines of each proxy's own.
const replayedBytes = 64 * 1024;
const replayedLines = 200;
// So long a busy log is left alone before it is read again.
const pauseMs = 50;

/** What was read of a log and is not told yet. */
interface Seen {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly readAt: number;
  readonly proxy: string | undefined;
}

/**
 * Tells a reader of the requests that the front and the stack's own proxies answer: the last ones, then those that come, until the signal. The logs
 * themselves are where requests are kept; nothing of this runs while nobody reads.
 */
export async function followRequests(session: Session, emit: Emit, signal: AbortSignal): Promise<void> {
  const { accessLog } = frontFolder(session.folder.directory);
  const tail = new FileTail(accessLog);
  const sample = new Sample(mostPerSecond);
  let seen: Seen[] = [];
  let wanted = false;
  let isReading = false;

  const tell = (all: readonly Seen[]): void => {
    const { taken, dropped } = sample.take(all, session.clock.now());
    const requests = taken.flatMap((each) => {
      const request = readAccessLine(each.text, each.readAt, each.proxy);
      return request ? [named(request, session.board.all)] : [];
    });
    if (requests.length > 0 || dropped > 0) emit({ kind: "requests", at: session.clock.now(), requests, dropped });
  };
  const read = async (): Promise<void> => {
    wanted = true;
    if (isReading) return;
    isReading = true;
    while (wanted && !signal.aborted) {
      wanted = false;
      const lines = await tail.added().catch(() => []);
      const own = seen;
      seen = [];
      const readAt = session.clock.now();
      tell([...lines.map((text) => ({ text, readAt, proxy: undefined })), ...own]);
      await session.clock.sleep(pauseMs, signal).catch(() => undefined);
    }
    isReading = false;
    if (signal.aborted) await tail.close();
  };

  let watcher: FSWatcher | undefined;
  const watchFront = (): void => {
    if (watcher) return;
    try {
      watcher = watch(dirname(accessLog), { persistent: false }, () => void read());
      watcher.on("error", () => {
        watcher?.close();
        watcher = undefined;
      });
    } catch {
      // There is no front, or not yet.
    }
  };
  const unsubscribe = session.hub.subscribe((event) => {
    if (event.kind === "log" && isAccessLine(event, session)) {
      // What floods is not piled up: the log store has it.
      if (seen.length < mostPerSecond * 2) seen.push({ text: event.text, readAt: event.at, proxy: event.service });
      void read();
    }
    // Some file systems tell of no change: then it is looked at as often as the usage of services.
    if (event.kind === "usage" || event.kind === "up") {
      watchFront();
      void read();
    }
  });
  signal.addEventListener("abort", () => {
    unsubscribe();
    watcher?.close();
    if (!isReading) void tail.close();
  });
  const before = await pastOf(session, tail);
  if (signal.aborted) return tail.close();
  tell(before);
  watchFront();
  await read();
}

/** The requests that were answered before, oldest first. */
async function pastOf(session: Session, tail: FileTail): Promise<readonly Seen[]> {
  const front = await tail.last(replayedBytes).catch(() => []);
  const services = proxiesOf(session);
  // The front's log begins with this process: what a proxy logged before may have come through a front that is told of no more.
  const since = performance.timeOrigin;
  const stored = services.length === 0 ? [] : await session.logs.read({ services, tail: replayedLines, since });
  const own = stored.filter((event) => isAccessLine(event, session));
  const seen = [
    ...front.map((text) => ({ text, readAt: 0, proxy: undefined })),
    ...own.map(({ text, at, service }) => ({ text, readAt: at, proxy: service })),
  ];
  const timeOf = new Map(seen.map((each) => [each, readAccessLine(each.text, each.readAt, each.proxy)?.at ?? 0]));
  return seen.sort((a, b) => (timeOf.get(a) ?? 0) - (timeOf.get(b) ?? 0));
}

const proxiesOf = (session: Session): readonly string[] =>
  session.hasStack ? session.stack.environment.services.filter(isProxy).map(({ name }) => name) : [];

const isProxy = ({ image }: Service): boolean => image !== undefined && serverOfImage(image) === "nginx";

/** At a glance, for every line that any service writes. */
const isAccessLine = (event: LogEvent, session: Session): boolean =>
  event.text.startsWith("{") && event.text.includes('"upstream"') && proxiesOf(session).includes(event.service);

/** The request with the services whose addresses were asked. */
function named(request: WebRequest, instances: readonly Instance[]): WebRequest {
  if (request.attempts.length === 0) return request;
  return { ...request, attempts: request.attempts.map((attempt) => ({ ...attempt, ...ownerOf(attempt, instances) })) };
}

function ownerOf({ address }: RequestAttempt, instances: readonly Instance[]): Partial<RequestAttempt> {
  const owner = instances.find(({ addresses }) =>
    addresses.some(({ host, port }) => address === `${host.includes(":") ? `[${host}]` : host}:${port}`),
  );
  return owner ? { service: owner.service, number: owner.number } : {};
}
