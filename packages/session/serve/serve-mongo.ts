import { orFullDisk } from "../data/full-disk.ts";
import { readMongodArguments } from "./mongod-arguments.ts";
import { never, type Served, type ServeRequest } from "./served.ts";

/** What the embedded MongoDB is asked for besides. */
export interface MongoRequest extends ServeRequest {
  /** Serve as the primary of this replica set, which is initiated if it must. */
  readonly replicaSet: string | undefined;
  /** The first user, with every right; its presence turns authentication on. */
  readonly user: { readonly name: string; readonly password: string } | undefined;
}

/**
 * Runs the embedded MongoDB, with mongod's own arguments too: with `--replSet` it waits for replSetInitiate, as mongod does.
 * @throws DevError DISK_FULL, those of startMongo
 */
export async function serveMongo(request: MongoRequest): Promise<Served> {
  const { host, port, dataDirectory, user, log } = request;
  const { isMongoParameter, startMongo } = await import("@drydock/embedded-mongo");
  const flags = readMongodArguments(request.arguments);
  const parameters = Object.entries(flags.parameters);
  const replicaSet = request.replicaSet ?? flags.replicaSet;
  const mongo = await startMongo({
    host,
    port,
    log,
    testCommands: flags.allowsTestCommands,
    parameters: Object.fromEntries(parameters.filter(([name]) => isMongoParameter(name))),
    ...(replicaSet === undefined ? {} : { replicaSet, awaitsInitiate: request.replicaSet === undefined }),
    ...(dataDirectory === undefined ? {} : { dataDirectory }),
    ...(user === undefined ? {} : { user }),
  }).catch((error: unknown) => orFullDisk(error, dataDirectory));
  const without = parameters.filter(([name]) => !isMongoParameter(name)).map(([name]) => `--setParameter ${name}`);
  const notices = [...flags.ignored, ...without].map((flag) => `The embedded MongoDB does not honour ${flag}.`);
  return { title: "embedded MongoDB", uris: [mongo.uri], notices, ended: never, stop: () => mongo.stop() };
}
