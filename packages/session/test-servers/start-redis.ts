import { type LoneServer, startLoneServer } from "./lone-server.ts";

/** How `startRedis` starts a server. All of it is optional. */
export interface RedisServerOptions {
  /**
   * The port; without it, or with 0, a free one.
   * @example await startRedis({ port: 6379 })
   */
  readonly port?: number;
  /** The address, 127.0.0.1 without it; any other than loopback needs `password`. */
  readonly host?: string;
  /**
   * A folder that keeps the data, in Redis's own formats; made if need be, relative to the working directory. Without it the data goes with the server.
   * @example await startRedis({ data: ".data/redis" })
   */
  readonly data?: string;
  /** Says what holds without `data` anyway: nothing is kept. */
  readonly memory?: boolean;
  readonly password?: string;
  /**
   * Settings by their names in redis.conf.
   * @example await startRedis({ settings: { maxmemory: "64mb", "notify-keyspace-events": "KEA" } })
   */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts a Redis server for tests, in a thread of this process: no program, no container, no download. It ends with the process, and does not keep it.
 * @example
 * const redis = await startRedis();
 * const client = new Redis(redis.uri);
 * // ...
 * client.disconnect();
 * await redis.stop();
 * @throws DevError REDIS_CANNOT_LISTEN, REDIS_NEEDS_PASSWORD, REDIS_BAD_SETTING, DATA_AND_MEMORY, BAD_OPTION
 */
export function startRedis(options: RedisServerOptions = {}): Promise<LoneServer> {
  const { data, memory, port, settings = {}, ...rest } = options;
  const place = {
    ...(data === undefined ? {} : { data }),
    ...(port === undefined ? {} : { port }),
    memory: memory ?? false,
  };
  // What goes with the server needs no file.
  const kept = data === undefined ? { ...settings, appendonly: "no", save: "" } : settings;
  return startLoneServer("startRedis", place, (given) => ({ redis: { ...rest, ...given, settings: kept } }));
}
