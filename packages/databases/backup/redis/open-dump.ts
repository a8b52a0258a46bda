import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Redis } from "ioredis";
import { saveRedis, withRedis } from "../../snapshot/save-redis.ts";
import { NotGiven, receiveRdb } from "./receive-rdb.ts";
import { writeRdb } from "./write-rdb.ts";

/** A Redis server's data as an RDB file. */
export interface RedisDump {
  readonly version: string;
  readonly consistency: "moment" | "sequence";
  readonly consistencyDetail: string;
  readonly rdb: AsyncGenerator<Buffer>;
}

const atOneMoment = { consistency: "moment", consistencyDetail: "every key as it was at one point in time" } as const;

/**
 * Reads a server's data: as a replica gets it; from the file that an embedded server on this machine writes; or key by key, where the server gives it no
 * other way. @throws the server's error
 */
export async function openRedisDump(uri: string, isEmbedded: boolean, signal: AbortSignal): Promise<RedisDump> {
  const { version, folder, keepsFile } = await withRedis(uri, (client) => look(client, isEmbedded));
  if (isEmbedded && folder !== "" && existsSync(folder)) {
    const { file } = await saveRedis(uri, signal);
    return { version, ...atOneMoment, rdb: fileOf(join(folder, file)) };
  }
  const received = receiveRdb(uri, keepsFile, signal);
  try {
    const first = await received.next();
    return { version, ...atOneMoment, rdb: withFirst(first, received) };
  } catch (error) {
    if (!(error instanceof NotGiven)) throw error;
    const consistencyDetail = `the keys were read one after the other: the server gives no copy of all of them (${error.message})`;
    return { version, consistency: "sequence", consistencyDetail, rdb: writeRdb(uri, signal) };
  }
}

/** What decides how its data is read. A server that does not tell its settings is taken for one that keeps no file. */
async function look(client: Redis, isEmbedded: boolean) {
  const setting = async (name: string): Promise<string> => {
    const answer: unknown = await client.config("GET", name).catch(() => []);
    return Array.isArray(answer) && typeof answer[1] === "string" ? answer[1] : "";
  };
  const version = /^redis_version:(\S+)/m.exec(await client.info("server"))?.[1] ?? "";
  const keepsFile = (await setting("save")) !== "" || (await setting("appendonly")) === "yes";
  return { version, folder: isEmbedded ? await setting("dir") : "", keepsFile };
}

/** The file is opened once: the next save puts another in its place. */
async function* fileOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  yield* file.createReadStream();
}

async function* withFirst(first: IteratorResult<Buffer>, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
