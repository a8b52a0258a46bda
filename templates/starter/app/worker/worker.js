import { Worker } from "bullmq";
import { Hono } from "hono";
import { mongoUrl, port, readEnvironment, redisUrl } from "../shared/environment.js";
import { checkHealth } from "../shared/health.js";
import { log } from "../shared/log.js";
import { openMongo } from "../shared/mongo.js";
import { publishOrder } from "../shared/order-news.js";
import { openOrderQueue, queueName } from "../shared/order-queue.js";
import { ordersIn } from "../shared/orders.js";
import { openPatientRedis, openRedis, pingRedis } from "../shared/redis.js";
import { serve } from "../shared/serve.js";
import { onShutdown } from "../shared/shutdown.js";
import { advanceOrder } from "./advance-order.js";
import { sweepForEver } from "./sweep.js";

const environment = readEnvironment({
  PORT: port,
  MONGO_URL: mongoUrl,
  REDIS_URL: redisUrl,
});

const mongo = openMongo(environment.MONGO_URL);
const redis = openRedis(environment.REDIS_URL);
const orders = ordersIn(mongo);
const queue = openOrderQueue(redis);
const advance = advanceOrder({ orders, queue, publish: (order) => publishOrder(redis, order) });

/** @type {Worker<import("../shared/order-queue.js").OrderJob>} */
const worker = new Worker(queueName, (job) => advance(job.name, job.data.id), {
  connection: openPatientRedis(environment.REDIS_URL),
  concurrency: 20,
});
worker.on("failed", (job, error) => log.error("a job failed", { job: job?.id, attempt: job?.attemptsMade, error }));
worker.on("error", (error) => log.warn("the queue does not answer", { error: error.message }));
onShutdown("worker", () => worker.close());

// Nobody sends it requests: the endpoint is for its health check.
const app = new Hono();
app.get("/health", async (c) => {
  const needs = { mongo: () => mongo.command({ ping: 1 }), redis: () => pingRedis(redis) };
  const { isHealthy, report } = await checkHealth(needs);
  return c.json(report, isHealthy ? 200 : 503);
});
serve(app, environment.PORT);

await sweepForEver({ orders, queue });
