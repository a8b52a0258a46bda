import { setTimeout as wait } from "node:timers/promises";
import { log } from "../shared/log.js";
import { stopping } from "../shared/shutdown.js";

const everyMs = 1_000;
// Well above the time that an order takes when all goes well.
const overdueMs = 3_000;

/**
 * @typedef {object} Needs
 * @property {import("mongodb").Collection<import("../shared/orders.js").OrderDocument>} orders
 * @property {ReturnType<typeof import("../shared/order-queue.js").openOrderQueue>} queue
 */

/**
 * Finds orders that stand still and asks for their work again. MongoDB and Redis have no transaction in common: an order
 * may be kept and its job not be queued, or Redis may lose a job. MongoDB knows what is open, so nothing is lost for good.
 * @param {Needs} needs
 */
export async function sweepForEver(needs) {
  while (!stopping.aborted) {
    await sweep(needs).catch((error) => log.warn("sweep failed", { error: error.message }));
    await wait(everyMs, undefined, { signal: stopping }).catch(() => {}); // the loop's condition sees it
  }
}

/** @param {Needs} needs */
async function sweep({ orders, queue }) {
  /** @type {import("../shared/orders.js").Status[]} */
  const open = ["placed", "preparing"];
  const overdue = { status: { $in: open }, updatedAt: { $lt: new Date(Date.now() - overdueMs) } };
  for await (const { _id, status } of orders.find(overdue).sort({ updatedAt: 1 }).limit(100)) {
    const id = _id.toHexString();
    await (status === "placed" ? queue.prepare(id) : queue.finish(id));
    log.info(`order ${id} stood still and was queued again`, { order: id, status });
  }
}
