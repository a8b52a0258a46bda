import type { DevEvent, Emit } from "@drydock/core";
import type { Session } from "./session.ts";
import type { FollowRequest } from "./supervisor.ts";

const usageIntervalMs = 2_000;

/** Sends what is, then what happens, until the signal or the session ends. */
export async function follow(session: Session, request: FollowRequest, emit: Emit, signal: AbortSignal): Promise<void> {
  const ended = AbortSignal.any([signal, session.ended]);
  const isWanted = (event: DevEvent) => {
    if (event.kind === "usage") return request.usage;
    if (event.kind !== "log") return true;
    return request.logs && (request.services.length === 0 || request.services.includes(event.service));
  };

  // Lines that arrive while the stored ones are read wait, so that none is missed and none comes twice.
  let held: DevEvent[] | undefined = [];
  const unsubscribe = session.hub.subscribe((event) => {
    if (!isWanted(event)) return;
    if (held) held.push(event);
    else emit(event);
  });
  try {
    if (session.hasStack) emit(session.describe());
    for (const instance of session.board.all) emit({ kind: "instance", at: session.clock.now(), instance });
    if (request.logs && request.replayLines > 0) {
      const stored = await session.logs.read({
        services: request.services,
        tail: request.replayLines,
        ...(request.since === undefined ? {} : { since: request.since }),
      });
      const waiting = new Set(held.filter((event) => event.kind === "log").map(identity));
      for (const event of stored) if (!waiting.has(identity(event))) emit(event);
    }
    for (const event of held) emit(event);
    held = undefined;
    if (request.requests) await followRequestsOf(session, emit, ended);
    await (request.usage ? sampleUntil(session, ended) : untilAborted(ended));
  } finally {
    unsubscribe();
  }
}

async function followRequestsOf(session: Session, emit: Emit, signal: AbortSignal): Promise<void> {
  const { followRequests } = await import("./requests/request-feed.ts");
  await followRequests(session, emit, signal);
}

function identity(event: DevEvent): string {
  return JSON.stringify(event);
}

async function sampleUntil(session: Session, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    if (session.hasStack) {
      const { engine, environment } = session.stack;
      const usage = await engine.usage(environment, ended).catch(() => []);
      if (usage.length > 0) session.publish({ kind: "usage", at: session.clock.now(), usage });
    }
    await session.clock.sleep(usageIntervalMs, ended).catch(() => undefined);
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
