import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type DatabasePlan, planDatabases, type TestDatabasesOptions } from "./database-plan.ts";
import { makeScratchFolder } from "./scratch-folder.ts";
import { startServerThread } from "./server-thread.ts";

/** A MongoDB and a Redis that belong to one test, or one worker of tests. */
export interface OwnDatabases {
  /** `mongodb://127.0.0.1:40123/test?directConnection=true` */
  readonly mongoUrl: string;
  /** `redis://127.0.0.1:40124/0` */
  readonly redisUrl: string;
  /** `MONGO_URL`, `REDIS_URL`, and the names that the project's Compose file uses, for `process.env`. */
  readonly variables: Readonly<Record<string, string>>;
  /** The data of the beginning again, in a few milliseconds; connections are cut, and clients make new ones. */
  reset(): Promise<void>;
  /** Ends both. May be called again. */
  stop(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a MongoDB and a Redis for tests, in a thread of this process: for jest, node:test and whatever else; vitest has `databases()`. They end with the
 * process, and do not keep it.
 * @example
 * const databases = await testDatabases({ dataset: "small" });
 * Object.assign(process.env, databases.variables);
 * beforeEach(() => databases.reset());
 * after(() => databases.stop());
 * @throws DevError NO_DATASETS, NO_SUCH_DATASET, BAD_CONFIGURATION, and why the data could not be made
 */
export async function testDatabases(options: TestDatabasesOptions = {}): Promise<OwnDatabases> {
  const scratch = makeScratchFolder();
  try {
    const plan = await planDatabases(options, join(scratch.path, "template"), () => undefined);
    const databases = await startOwnDatabases(plan, scratch.path);
    const stop = async () => {
      await databases.stop();
      scratch.remove();
    };
    return { ...databases, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    scratch.remove();
    throw error;
  }
}

/** Starts a pair by a plan, with its data in a folder. */
export async function startOwnDatabases(plan: DatabasePlan, folder: string): Promise<OwnDatabases> {
  mkdirSync(folder, { recursive: true });
  const { replicaSet, templates } = plan;
  const place = (kind: "mongo" | "redis") => {
    const template = templates[kind];
    return { port: 0, dataDirectory: join(folder, kind), ...(template === undefined ? {} : { template }) };
  };
  const thread = await startServerThread({
    mongo: { ...place("mongo"), ...(replicaSet === undefined ? {} : { replicaSet }) },
    redis: { ...place("redis"), settings: { appendonly: "no", save: "" } },
  });
  const variables = plan.variables(thread.addresses);
  const { MONGO_URL: mongoUrl = "", REDIS_URL: redisUrl = "" } = variables;
  const stop = () => thread.stop();
  return { mongoUrl, redisUrl, variables, reset: () => thread.reset(), stop, [Symbol.asyncDispose]: stop };
}
