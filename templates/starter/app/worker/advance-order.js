import { ObjectId } from "mongodb";
import { log } from "../shared/log.js";
import { toOrder } from "../shared/orders.js";

/** @typedef {import("../shared/orders.js").Status} Status */

/**
 * @typedef {object} Needs
 * @property {import("mongodb").Collection<import("../shared/orders.js").OrderDocument>} orders
 * @property {Pick<ReturnType<typeof import("../shared/order-queue.js").openOrderQueue>, "finish">} queue
 * @property {(order: import("../shared/orders.js").Order) => Promise<unknown>} publish
 */

/**
 * Does the work of a job. Each move happens only from the state before it, so a job that runs twice, as every queue's
 * jobs sometimes do, moves the order once.
 * @param {Needs} needs
 */
export function advanceOrder({ orders, queue, publish }) {
  /** @param {string} id @param {Status} from @param {Status} to */
  async function move(id, from, to) {
    const filter = { _id: ObjectId.createFromHexString(id), status: from };
    const change = { $set: { status: to, updatedAt: new Date() } };
    const moved = await orders.findOneAndUpdate(filter, change, { returnDocument: "after" });
    if (!moved) return;
    log.info(`order ${id} is ${to}`, { order: id, status: to });
    // Only the open pages miss it; they read the list again when they reconnect.
    await publish(toOrder(moved)).catch((error) => log.warn("news of an order got lost", { order: id, error }));
  }

  /** @param {string} work @param {string} id */
  return async (work, id) => {
    switch (work) {
      case "prepare":
        await move(id, "placed", "preparing");
        await queue.finish(id);
        return;
      case "finish":
        return move(id, "preparing", "done");
      default:
        throw new Error(`no such work: ${work}`);
    }
  };
}
