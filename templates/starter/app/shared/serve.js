import { Server } from "node:net";
import { setTimeout as wait, setImmediate as whatHasArrived } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import { log } from "./log.js";
import { onShutdown } from "./shutdown.js";

// Longer than the proxy keeps idle connections (proxy/default.conf): the side that sends requests must be the one that
// closes, or a request meets a connection that is just going away.
const keepAliveMs = 75_000;
// After SIGTERM no new connection is taken; requests on those that are open are answered for this long, and every answer
// asks the proxy to let go of its connection.
const drainMs = 200;
const unfinishedMs = 600;

/** Serves an app until SIGTERM, without losing a request. @param {Pick<import("hono").Hono, "fetch">} app @param {number} port */
export function serve(app, port) {
  const server = /** @type {import("node:http").Server} */ (createAdaptorServer({ fetch: app.fetch }));
  let isDraining = false;
  server.keepAliveTimeout = keepAliveMs;
  server.prependListener("request", (_request, response) => {
    if (isDraining) response.setHeader("Connection", "close");
  });
  server.listen(port, () => log.info("listening", { port }));

  onShutdown("http", async () => {
    isDraining = true;
    // http.Server's own close() also cuts idle connections, on which the proxy may be sending a request right now.
    const closed = new Promise((resolve) => Server.prototype.close.call(server, resolve));
    await wait(drainMs);
    // On a busy machine the time is over before a request is read that came in meanwhile: its connection is not idle.
    await whatHasArrived();
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), unfinishedMs);
    await closed;
  });
}
