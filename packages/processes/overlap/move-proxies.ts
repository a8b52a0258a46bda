import type { Emit } from "@drydock/core";
import type { EngineRoom, Stack } from "../engine-room.ts";
import { refreshProxies } from "../refresh-proxies.ts";
import { type LeavingProxy, leavingProxy } from "./leaving-proxy.ts";

const longestMs = 3_000;
// Who was asked something before answers in this time, or is asked to stop all the same.
const longestAnswerMs = 1_000;
const againMs = 10;

const waiting = new WeakMap<EngineRoom, Promise<void>>();
const turns = new WeakMap<EngineRoom, Promise<void>>();
const drains = new WeakMap<EngineRoom, Promise<unknown>>();

/**
 * Leads the stack's proxies to where instances are now. Resolves when none of them takes new requests for where they were; after three seconds at the
 * latest, for one that does not say so. A call that has not begun yet sees all that happens until it does, and is shared.
 */
export function moveProxies(room: EngineRoom, stack: Stack, emit: Emit): Promise<void> {
  const shared = waiting.get(room);
  if (shared) return shared;
  const next = (turns.get(room) ?? Promise.resolve()).then(() => {
    waiting.delete(room);
    return moveNow(room, stack, emit);
  });
  waiting.set(room, next);
  turns.set(
    room,
    next.catch(() => undefined),
  );
  return next;
}

/** Resolves when the stack's proxies wait for no answer from where instances were; a second after they were led away at the latest. */
export async function proxiesDrained(room: EngineRoom): Promise<void> {
  await drains.get(room);
}

async function moveNow(room: EngineRoom, stack: Stack, emit: Emit): Promise<void> {
  const proxies = [...room.instances.values()].filter(({ launch, group }) => launch.isRendered && group !== undefined);
  const listening = new AbortController();
  try {
    const leaving = await Promise.all(proxies.map((proxy) => leavingProxy(room, proxy, listening.signal)));
    const told = await refreshProxies(room, stack, emit);
    const concerned = leaving.filter(({ proxy }) => told.includes(proxy));
    await all(concerned, (each) => each.hasLeft(), longestMs);
    const drain = all(concerned, (each) => each.isDrained(), longestAnswerMs).finally(() => listening.abort());
    drains.set(room, Promise.all([drains.get(room), drain]));
  } catch (error) {
    listening.abort();
    throw error;
  }
}

async function all(
  proxies: readonly LeavingProxy[],
  isSo: (each: LeavingProxy) => Promise<boolean>,
  withinMs: number,
): Promise<void> {
  const end = performance.now() + withinMs;
  const one = async (each: LeavingProxy): Promise<void> => {
    while (!(await isSo(each)) && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, againMs));
  };
  await Promise.all(proxies.map(one));
}
