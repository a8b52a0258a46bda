import type { Redis } from "ioredis";

/** What a Redis server has just written, and how it reads its data at its next start. */
export interface SavedRedis {
  /** The name of the file in its data folder. */
  readonly file: string;
  readonly appendOnly: AppendOnly | undefined;
}

/** How an append-only file is kept: since Redis 7 in a folder of parts with a manifest, before in one file. */
export interface AppendOnly {
  readonly folder: string | undefined;
  readonly file: string;
}

const pollMs = 20;

/**
 * Has a server write its data into its RDB file: all that was written before the call, nothing after it (Redis commands, BGSAVE). Resolves when the
 * file is whole. @throws Error when the server cannot save, the driver's error, or the signal's reason
 */
export async function saveRedis(uri: string, signal: AbortSignal): Promise<SavedRedis> {
  return withRedis(uri, async (client) => {
    await idle(client, signal);
    await client.bgsave();
    await idle(client, signal);
    const { rdb_last_bgsave_status: status } = await info(client, "persistence");
    if (status !== "ok") throw new Error("The Redis server could not write its RDB file: its log says why.");
    return { file: (await setting(client, "dbfilename")) ?? "dump.rdb", appendOnly: await readAppendOnly(client) };
  });
}

/** How a running server keeps its append-only file; undefined where it keeps none. @throws the driver's error */
export function appendOnlyOf(uri: string): Promise<AppendOnly | undefined> {
  return withRedis(uri, readAppendOnly);
}

async function readAppendOnly(client: Redis): Promise<AppendOnly | undefined> {
  if ((await setting(client, "appendonly")) !== "yes") return undefined;
  const file = (await setting(client, "appendfilename")) ?? "appendonly.aof";
  return { folder: await setting(client, "appenddirname"), file };
}

/** Runs work on one connection and closes it. @throws the driver's error */
export async function withRedis<T>(uri: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const { Redis: Client } = await import("ioredis");
  const client = new Client(uri, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5_000 });
  client.on("error", () => undefined); // they arrive by the calls below
  try {
    await client.connect();
    return await work(client);
  } finally {
    client.disconnect();
  }
}

/** Resolves when no child process of the server saves or rewrites: a second one would be refused. */
async function idle(client: Redis, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { rdb_bgsave_in_progress: saves, aof_rewrite_in_progress: rewrites } = await info(client, "persistence");
    if ((saves ?? "0") === "0" && (rewrites ?? "0") === "0") return;
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function info(client: Redis, section: string): Promise<Readonly<Record<string, string>>> {
  const lines = (await client.info(section)).split("\r\n");
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]));
}

async function setting(client: Redis, name: string): Promise<string | undefined> {
  const answer: unknown = await client.config("GET", name);
  const value: unknown = Array.isArray(answer) ? answer[1] : undefined;
  return typeof value === "string" ? value : undefined;
}
