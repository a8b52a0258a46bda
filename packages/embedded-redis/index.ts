export { isRedisSetting } from "./server/configuration-parameters.ts";
export { type RedisOptions, type RunningRedis, startRedis } from "./start-redis.ts";
