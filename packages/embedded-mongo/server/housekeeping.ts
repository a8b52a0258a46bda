import type { Clock } from "@drydock/core";
import { sessionTimeoutMinutes } from "../sessions/session-store.ts";
import type { Store } from "../storage/store.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import type { Server } from "./server.ts";

/** How often the server looks for what has grown old, ms. */
const roundMs = 1000;

/**
 * Ends idle cursors and sessions, transactions that are open too long, and documents that TTL indexes say are too old, until the function that
 * it returns is called; that one resolves when no removal runs any more.
 */
export function startHousekeeping(server: Server, store: Store, clock: Clock): () => Promise<void> {
  let sweptAt = performance.now();
  let sweeping: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    server.cursors.killIdle(parameter(server, "cursorTimeoutMillis"));
    server.sessions.expire(parameter(server, "transactionLifetimeLimitSeconds") * 1000);
    const isDue = performance.now() - sweptAt >= parameter(server, "ttlMonitorSleepSecs") * 1000;
    if (!isDue || server.parameters.get("ttlMonitorEnabled") !== true || server.writeLock.count > 0) return;
    sweptAt = performance.now();
    sweeping = sweeping.then(() => sweep(server, store, clock));
  }, roundMs);
  // It alone keeps no process alive.
  timer.unref();
  return () => {
    clearInterval(timer);
    return sweeping;
  };
}

async function sweep(server: Server, store: Store, clock: Clock): Promise<void> {
  try {
    if ((await store.removeExpired()) > 0) server.writes.notify();
    await store.forgetStatements(clock.now() - sessionTimeoutMinutes * 60_000);
  } catch (error) {
    server.log.write(`Expired documents could not be removed: ${error instanceof Error ? error.message : error}`);
  }
}

function parameter(server: Server, name: string): number {
  const value = server.parameters.get(name);
  return isNumber(value) ? toDouble(value) : Number.POSITIVE_INFINITY;
}
