import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import type { Server } from "./server.ts";

/** How often the server looks for what has grown old, ms. */
const roundMs = 1000;

/** Ends idle cursors and sessions, and transactions that are open too long, until it is stopped. */
export function startHousekeeping(server: Server): () => void {
  const timer = setInterval(() => {
    server.cursors.killIdle(parameter(server, "cursorTimeoutMillis"));
    server.sessions.expire(parameter(server, "transactionLifetimeLimitSeconds") * 1000);
  }, roundMs);
  // It alone keeps no process alive.
  timer.unref();
  return () => clearInterval(timer);
}

function parameter(server: Server, name: string): number {
  const value = server.parameters.get(name);
  return isNumber(value) ? toDouble(value) : Number.POSITIVE_INFINITY;
}
