export { type RedisOptions, type RunningRedis, startRedis } from "./start-redis.ts";
