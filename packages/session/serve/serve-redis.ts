import { readFile } from "node:fs/promises";
import { orFullDisk } from "../data/full-disk.ts";
import { readRedisArguments } from "./redis-arguments.ts";
import type { Served, ServeRequest } from "./served.ts";

/**
 * Runs the embedded Redis with redis-server's own arguments: a configuration file first, then `--name value`.
 * @throws DevError DISK_FULL, REDIS_BAD_SETTING, REDIS_CANNOT_LISTEN, REDIS_NEEDS_PASSWORD, and the file system's error for a configuration file
 */
export async function serveRedis(request: ServeRequest): Promise<Served> {
  const { host, port, dataDirectory, log } = request;
  const { isRedisSetting, startRedis } = await import("@drydock/embedded-redis");
  const given = await readRedisArguments(request.arguments, (path) => readFile(path, "utf8"));
  const settings = Object.fromEntries(Object.entries(given).filter(([name]) => isRedisSetting(name)));
  let onShutdown: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    onShutdown = resolve;
  });
  const redis = await startRedis({
    host,
    port,
    settings,
    log,
    onShutdown,
    ...(settings.requirepass === undefined ? {} : { password: settings.requirepass }),
    ...(dataDirectory === undefined ? {} : { dataDirectory }),
  }).catch((error: unknown) => orFullDisk(error, dataDirectory));
  return {
    title: "embedded Redis",
    uris: [redis.uri],
    notices: Object.keys(given)
      .filter((name) => !isRedisSetting(name))
      .map(notHonoured),
    ended,
    stop: () => redis.stop(),
  };
}

const notHonoured = (name: string): string => `The embedded Redis does not honour ${name}.`;
