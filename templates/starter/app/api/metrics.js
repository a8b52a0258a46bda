import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** What Prometheus reads at /metrics: this process, its requests, its orders. */
export const metrics = new Registry();

collectDefaultMetrics({ register: metrics });

/** Orders placed through this replica. */
export const ordersPlaced = new Counter({
  name: "shop_orders_placed_total",
  help: "Orders that were placed.",
  registers: [metrics],
});

/** How long requests took. `route` is the pattern (/api/orders/:id), so that the number of series stays small. */
export const requestSeconds = new Histogram({
  name: "http_request_duration_seconds",
  help: "Time until the answer began, by route.",
  labelNames: ["method", "route", "status"],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [metrics],
});
