import { streamSSE } from "hono/streaming";
import { stopping } from "../shared/shutdown.js";

// Proxies close a connection on which nothing happens, after 60 s as a rule.
const heartbeatMs = 15_000;

/**
 * Server-sent events (WHATWG HTML, 9.2): one `order` event for each order that is new or has moved, for as long as the
 * reader stays. After a lost connection the browser comes back by itself.
 * @param {import("hono").Context} c
 * @param {import("./order-feed.js").OrderFeed} feed
 */
export function streamOrders(c, feed) {
  c.header("X-Accel-Buffering", "no"); // nginx passes each event on at once
  return streamSSE(c, async (stream) => {
    const left = new Promise((resolve) => {
      stream.onAbort(() => resolve(undefined));
      stopping.addEventListener("abort", resolve, { once: true });
    });
    const unfollow = feed.follow((order) => stream.writeSSE({ event: "order", data: JSON.stringify(order) }));
    const heartbeat = setInterval(() => stream.write(":\n\n"), heartbeatMs);
    await stream.write("retry: 1000\n\n");
    await left;
    clearInterval(heartbeat);
    unfollow();
  });
}
