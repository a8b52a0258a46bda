import { spawn } from "node:child_process";
import type { MongoClient } from "mongodb";

/** Writes of a server are held back. */
export interface MongoLock {
  /** Lets them go on. May be called again. @throws the driver's error */
  release(): Promise<void>;
}

// A lock of mongod outlives the connection that took it (manual, fsync): whoever dies with it would leave a server that takes no write. So a process of
// its own holds the other end of a pipe and unlocks when the pipe closes, however its owner ended.
const watchdogScript = `const { DRYDOCK_URI: uri, DRYDOCK_DRIVER: driver } = process.env;
process.stdin.resume().once("end", async () => {
  const { MongoClient } = await import(driver);
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 30000 });
  try { for (;;) if (Number((await client.db("admin").command({ fsyncUnlock: 1 })).lockCount) === 0) break; }
  catch {} finally { await client.close(); }
});`;

/**
 * Puts everything on disk and holds writes back until it is released, or this process ends (manual, fsync with lock: the files may be copied
 * meanwhile). `isLasting`: the server goes on when this process ends. @throws the driver's error
 */
export async function lockMongo(uri: string, isLasting: boolean, signal: AbortSignal): Promise<MongoLock> {
  signal.throwIfAborted();
  const client = await openMongo(uri);
  const watchdog = isLasting ? startWatchdog(uri) : undefined;
  try {
    await client.db("admin").command({ fsync: 1, lock: true });
  } catch (error) {
    watchdog?.kill();
    await client.close();
    throw error;
  }
  let releasing: Promise<void> | undefined;
  const release = async () => {
    await client.db("admin").command({ fsyncUnlock: 1 });
    watchdog?.kill();
    await client.close();
  };
  return {
    release() {
      releasing ??= release();
      return releasing;
    },
  };
}

/** Takes back every lock on a server's writes that somebody has left. @throws the driver's error */
export async function unlockMongo(uri: string): Promise<void> {
  const client = await openMongo(uri);
  try {
    while (Number((await client.db("admin").command({ fsyncUnlock: 1 })).lockCount) > 0);
  } catch (error) {
    // 20 IllegalOperation: it is not locked (MongoDB's error_codes.yml)
    if (!(error instanceof Error && "code" in error && error.code === 20)) throw error;
  } finally {
    await client.close();
  }
}

/** A client of one connection, connected. @throws the driver's error, after 5 seconds at the latest */
export async function openMongo(uri: string): Promise<MongoClient> {
  const { MongoClient } = await import("mongodb");
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000, maxPoolSize: 1 });
  return client.connect();
}

function startWatchdog(uri: string) {
  // In the environment and not on the command line, where every user of the machine could read the password.
  const env = { ...process.env, DRYDOCK_URI: uri, DRYDOCK_DRIVER: import.meta.resolve("mongodb") };
  const child = spawn(process.execPath, ["-e", watchdogScript], {
    detached: true,
    env,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.on("error", () => undefined); // the lock is released by its owner then
  child.unref();
  return { kill: () => void child.kill("SIGKILL") };
}
