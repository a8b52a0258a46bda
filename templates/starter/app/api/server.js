import { mongoUrl, port, readEnvironment, redisUrl } from "../shared/environment.js";
import { checkHealth, untilHealthy } from "../shared/health.js";
import { openMongo } from "../shared/mongo.js";
import { publishOrder, subscribeToOrders } from "../shared/order-news.js";
import { openOrderQueue } from "../shared/order-queue.js";
import { openPatientRedis, openRedis, pingRedis } from "../shared/redis.js";
import { serve } from "../shared/serve.js";
import { createApi } from "./api.js";
import { OrderFeed } from "./order-feed.js";
import { OrderStore } from "./order-store.js";

const environment = readEnvironment({
  PORT: port,
  MONGO_URL: mongoUrl,
  REDIS_URL: redisUrl,
});

const mongo = openMongo(environment.MONGO_URL);
const redis = openRedis(environment.REDIS_URL);
const feed = new OrderFeed();
subscribeToOrders(openPatientRedis(environment.REDIS_URL), (order) => feed.send(order));

const needs = { mongo: () => mongo.command({ ping: 1 }), redis: () => pingRedis(redis) };
const api = createApi({
  orders: new OrderStore(mongo),
  queue: openOrderQueue(redis),
  feed,
  publish: (order) => publishOrder(redis, order),
  checkHealth: () => checkHealth(needs),
});

// The proxy sends requests as soon as this listens.
await untilHealthy(needs);
serve(api, environment.PORT);
