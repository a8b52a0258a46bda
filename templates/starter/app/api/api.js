import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { log } from "../shared/log.js";
import { toAnswer } from "./failures.js";
import { metrics, ordersPlaced } from "./metrics.js";
import { observeRequests } from "./observe-requests.js";
import { parseLimit, parseOrder, parseOrderId } from "./parse.js";
import { streamOrders } from "./stream-orders.js";

/** @typedef {import("../shared/orders.js").Order} Order */

/**
 * What the API stands on.
 * @typedef {object} Needs
 * @property {import("./order-store.js").OrderStore} orders
 * @property {Pick<ReturnType<typeof import("../shared/order-queue.js").openOrderQueue>, "prepare">} queue
 * @property {import("./order-feed.js").OrderFeed} feed
 * @property {(order: Order) => Promise<unknown>} publish
 * @property {() => ReturnType<typeof import("../shared/health.js").checkHealth>} checkHealth
 */

/** The HTTP API. @param {Needs} needs */
export function createApi({ orders, queue, feed, publish, checkHealth }) {
  const app = new Hono();
  app.use(observeRequests);
  app.onError(toAnswer);
  app.notFound((c) => c.json({ error: `there is no ${c.req.method} ${c.req.path}` }, 404));

  app.post("/api/orders", bodyLimit({ maxSize: 16 * 1024 }), async (c) => {
    const order = await orders.place(parseOrder(await c.req.text()));
    ordersPlaced.inc();
    // The order is safe in MongoDB now. Where Redis is away, the worker finds it later: see worker/sweep.js.
    const asked = await Promise.allSettled([queue.prepare(order.id), publish(order)]);
    if (asked.some(({ status }) => status === "rejected")) log.warn("placed, but not queued yet", { order: order.id });
    return c.json(order, 201, { Location: `/api/orders/${order.id}` });
  });

  app.get("/api/orders", async (c) => c.json({ orders: await orders.newest(parseLimit(c.req.query("limit"))) }));

  app.get("/api/orders/events", (c) => streamOrders(c, feed));

  app.get("/api/orders/:id", async (c) => {
    const id = parseOrderId(c.req.param("id"));
    const order = await orders.find(id);
    return order ? c.json(order) : c.json({ error: `there is no order ${id}` }, 404);
  });

  app.get("/api/health", async (c) => {
    const { isHealthy, report } = await checkHealth();
    return c.json(report, isHealthy ? 200 : 503);
  });

  app.get("/metrics", async (c) => c.text(await metrics.metrics(), 200, { "Content-Type": metrics.contentType }));

  return app;
}
