import { Queue } from "bullmq";
import { onShutdown } from "./shutdown.js";

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
    skipWaitingForReady: true, // fail at once while Redis is away: the order is kept, and the worker's sweep finds it
    defaultJobOptions: {
      attempts: 5,
      backoff: { type: "exponential", delay: 200 },
      removeOnComplete: true,
      removeOnFail: true, // a job that is gone can be asked for again
    },
  });
  onShutdown("queue", () => queue.close());

  /** @param {keyof typeof delaysMs} work @param {string} id */
  const ask = (work, id) => queue.add(work, { id }, { jobId: `${work}-${id}`, delay: delaysMs[work] });
  return {
    /** @param {string} id */
    prepare: (id) => ask("prepare", id),
    /** @param {string} id */
    finish: (id) => ask("finish", id),
  };
}
