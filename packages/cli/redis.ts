// What `import ... from "drydock/redis"` gives: a Redis server for tests.

export { type LoneServer as RedisServer, type RedisServerOptions, startRedis } from "@drydock/session";
