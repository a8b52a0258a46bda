import { type LoneServer, startLoneServer } from "./lone-server.ts";

/** How `startMongo` starts a server. All of it is optional. */
export interface MongoServerOptions {
  /**
   * The port; without it, or with 0, a free one.
   * @example await startMongo({ port: 27017 })
   */
  readonly port?: number;
  /** The address, 127.0.0.1 without it; any other than loopback needs `user`. */
  readonly host?: string;
  /**
   * A folder that keeps the data; made if need be, relative to the working directory. Without it the data goes with the server.
   * @example await startMongo({ data: ".data/mongo" })
   */
  readonly data?: string;
  /** Says what holds without `data` anyway: nothing is kept. */
  readonly memory?: boolean;
  /**
   * Be the primary of a replica set of this name: transactions, change streams and retryable writes work.
   * @example await startMongo({ replicaSet: "rs0" })
   */
  readonly replicaSet?: string;
  /** Turns authentication on, with this user, who may do everything. */
  readonly user?: { readonly name: string; readonly password: string };
}

/**
 * Starts a MongoDB server for tests, in a thread of this process: no program, no container, no download. It ends with the process, and does not keep it.
 * @example
 * const mongo = await startMongo();
 * const client = await MongoClient.connect(mongo.uri);
 * // ...
 * await client.close();
 * await mongo.stop();
 * @throws DevError MONGO_CANNOT_LISTEN, MONGO_NEEDS_PASSWORD, DATA_AND_MEMORY, BAD_OPTION, and those of the data's folder
 */
export function startMongo(options: MongoServerOptions = {}): Promise<LoneServer> {
  const { data, memory, port, ...rest } = options;
  const place = {
    ...(data === undefined ? {} : { data }),
    ...(port === undefined ? {} : { port }),
    memory: memory ?? false,
  };
  return startLoneServer("startMongo", place, (given) => ({ mongo: { ...rest, ...given } }));
}
