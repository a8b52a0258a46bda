import { Redis } from "ioredis";
import { log } from "./log.js";
import { onShutdown } from "./shutdown.js";

/** For requests: while Redis is away commands fail at once, instead of queueing up. @param {string} url */
export const openRedis = (url) =>
  open(url, { maxRetriesPerRequest: 0, enableOfflineQueue: false, commandTimeout: 1_000 });

/** For what listens: commands wait until Redis is back. BullMQ's workers ask for it. @param {string} url */
export const openPatientRedis = (url) => open(url, { maxRetriesPerRequest: null });

/** @param {string} url @param {import("ioredis").RedisOptions} options */
function open(url, options) {
  const redis = new Redis(url, {
    ...options,
    connectTimeout: 2_000,
    retryStrategy: (tries) => Math.min(tries * 50, 1_000),
  });
  let isLost = false;
  redis.on("error", (error) => {
    if (!isLost) log.warn("redis is lost, reconnecting", { error: error.message });
    isLost = true;
  });
  redis.on("ready", () => {
    if (isLost) log.info("redis is back");
    isLost = false;
  });
  onShutdown("redis", () => redis.disconnect());
  return redis;
}

/** Resolves when Redis answers. @param {Redis} redis */
export async function pingRedis(redis) {
  if (redis.status !== "ready") throw new Error("not connected");
  await redis.ping();
}
