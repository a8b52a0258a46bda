import { log } from "./log.js";

/** @typedef {import("./orders.js").Order} Order */

const channel = "order-news";

/** Tells whoever listens that an order is new or has moved. @param {import("ioredis").Redis} redis @param {Order} order */
export const publishOrder = (redis, order) => redis.publish(channel, JSON.stringify(order));

/**
 * Listens, from when Redis answers on. Redis keeps nothing: who was away reads the list of orders again.
 * @param {import("ioredis").Redis} redis a connection of its own, as Redis demands of subscribers
 * @param {(order: Order) => void} listener
 */
export function subscribeToOrders(redis, listener) {
  redis.on("message", (from, text) => {
    if (from === channel) listener(JSON.parse(text));
  });
  redis.subscribe(channel).catch((error) => log.warn("not subscribed to news of orders", { error: error.message }));
}
