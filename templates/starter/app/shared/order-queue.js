import { Queue } from "bullmq";
import { onShutdown, stopping } from "./shutdown.js";

/** The queue's name in Redis. */
export const queueName = "orders";

/** @typedef {{ id: string }} OrderJob */

/** How long an order rests before it is taken up, and how long its preparation takes. */
const delaysMs = { prepare: 250, finish: 900 };

/**
 * The work to do on orders. A job's id is made of the order's: asking twice for the same work is asking once.
 * @param {import("ioredis").Redis} redis
 */
export function openOrderQueue(redis) {
  /** @type {Queue<OrderJob>} */
  const queue = new Queue(queueName, {
    connection: redis,
    defaultJobOptions: {
      attempts: 5,
      backoff: { type: "exponential", delay: 200 },
      removeOnComplete: true,
      removeOnFail: true, // a job that is gone can be asked for again
    },
  });
  queue.on("error", () => {}); // shared/redis.js reports what happens to the connection
  queue.waitUntilReady().catch((error) => {
    if (!stopping.aborted) throw error; // BullMQ never tries its first look at Redis again: exit, and be restarted
  });
  onShutdown("queue", () => queue.close());

  /** @param {keyof typeof delaysMs} work @param {string} id */
  async function ask(work, id) {
    // Before the first connection BullMQ would wait. The order is kept: the worker's sweep asks again.
    if (redis.status !== "ready") throw new Error("redis is not connected");
    await queue.add(work, { id }, { jobId: `${work}-${id}`, delay: delaysMs[work] });
  }
  return {
    /** @param {string} id */
    prepare: (id) => ask("prepare", id),
    /** @param {string} id */
    finish: (id) => ask("finish", id),
  };
}
