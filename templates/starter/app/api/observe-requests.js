import { routePath } from "hono/route";
import { log } from "../shared/log.js";
import { requestSeconds } from "./metrics.js";

// Asked every few seconds by machines: measured, but not logged.
const quiet = new Set(["/api/health", "/metrics"]);

/** Measures and logs each request. @type {import("hono").MiddlewareHandler} */
export async function observeRequests(c, next) {
  const started = performance.now();
  await next();
  const ms = performance.now() - started;
  const { method, path } = c.req;
  const { status } = c.res;
  requestSeconds.observe({ method, route: routePath(c, -1), status }, ms / 1_000);
  if (quiet.has(path) && status < 500) return;
  log.info(`${method} ${path} ${status}`, { ms: Math.round(ms * 10) / 10, requestId: c.req.header("X-Request-Id") });
}
