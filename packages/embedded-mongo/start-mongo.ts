import { isIP } from "node:net";
import { type Clock, systemClock } from "@drydock/core";
import { makeCredential, mechanisms } from "./auth/credentials.ts";
import { allCommands } from "./commands/all-commands.ts";
import { needsPassword, needsSetName } from "./errors/dev-errors.ts";
import type { Client } from "./server/client.ts";
import { describeStart } from "./server/describe-start.ts";
import { listen } from "./server/listener.ts";
import { MongoServer } from "./server/mongo-server.ts";
import { openServer } from "./server/open-server.ts";
import type { Server } from "./server/server.ts";
import { ServerLog } from "./server/server-log.ts";
import { readParameters } from "./server/settable-parameters.ts";
import { randomUuid } from "./sessions/session-store.ts";
import { openStore } from "./storage/open-store.ts";
import type { Store } from "./storage/store.ts";
import { emptyDocument, type Value } from "./values/document.ts";

/** How a server is started. */
export interface MongoOptions {
  /** 0 (the default): a free one. */
  readonly port?: number;
  /** An address of this machine, 127.0.0.1 by default; one that is not loopback is refused without `user`. */
  readonly host?: string;
  /** The name of a replica set whose only member this is: transactions, change streams, retryable writes. */
  readonly replicaSet?: string;
  /** With `replicaSet`: wait for replSetInitiate, as mongod does, when the data has no configuration yet. */
  readonly awaitsInitiate?: boolean;
  /** Where the data lies. Without it the data is gone when the server stops. */
  readonly dataDirectory?: string;
  /** Turns authentication on and makes this user with the role `root`, unless there is one of the name. */
  readonly user?: { readonly name: string; readonly password: string };
  /** Told what happens on the server, a line each. */
  readonly log?: (line: string) => void;
  /** Allows `configureFailPoint` with `failCommand`, for tests of applications' own error handling. */
  readonly testCommands?: boolean;
  /** Parameters as mongod's `--setParameter` takes them: those that `isMongoParameter` knows. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A running server. */
export interface RunningMongo {
  /** With the user's name and password, and the replica set's name. */
  readonly uri: string;
  readonly host: string;
  readonly port: number;
  /** Ends every connection and operation; resolves when the port is closed and the data is on disk, or gone if it had no directory. */
  stop(): Promise<void>;
}

/**
 * Starts a MongoDB server in this process. @throws DevError MONGO_NEEDS_PASSWORD, MONGO_CANNOT_LISTEN, MONGO_SET_NAME, MONGO_BAD_PARAMETER, and the
 * errors of the data's folder: one that is taken, of a newer version, or not writable
 */
export async function startMongo(options: MongoOptions = {}): Promise<RunningMongo> {
  const host = options.host ?? "127.0.0.1";
  if (!isLoopback(host) && !options.user) throw needsPassword(host);
  if (options.replicaSet === "") throw needsSetName();
  const parameters = readParameters(options.parameters ?? {});
  const clock = systemClock;
  const log = new ServerLog(clock, options.log ?? (() => {}));
  const store = await openStore({
    directory: options.dataDirectory,
    isReplicaSet: options.replicaSet !== undefined,
    clock,
    log: (line) => log.write(line),
  });
  try {
    return await serve(options, parameters, host, store, clock, log);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function serve(
  options: MongoOptions,
  givenParameters: ReadonlyMap<string, Value>,
  host: string,
  store: Store,
  clock: Clock,
  log: ServerLog,
): Promise<RunningMongo> {
  const clients = new Set<Client>();
  let ready: (running: MongoServer) => void = () => {};
  // Who connects before the server is ready waits for it.
  const running = new Promise<MongoServer>((resolve) => {
    ready = resolve;
  });
  const listener = await listen(
    host,
    options.port ?? 0,
    (socket) => void running.then((server) => server.accept(socket)),
  );
  try {
    const { port } = listener;
    store.announce(`${host}:${port}`);
    const server = openServer({
      store,
      clock,
      log,
      commands: allCommands,
      address: { host, port },
      configuration: describeStart(options, host, port),
      isAuthOn: options.user !== undefined,
      replicaSet: options.replicaSet,
      isTesting: options.testCommands ?? false,
      givenParameters,
      connections: clients,
    });
    await prepare(server, options, `${host}:${port}`);
    const mongo = new MongoServer(server, store, clock, allCommands, clients);
    ready(mongo);
    const stop = async () => {
      const closed = listener.close();
      await mongo.stop();
      await closed;
      await store.close();
    };
    let stopping: Promise<void> | undefined;
    return {
      uri: uriOf(options, host, port),
      host,
      port,
      stop() {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    await listener.close();
    throw error;
  }
}

/** The first user, and the replica set's configuration of this address. */
async function prepare({ users, replicaSet }: Server, { user, awaitsInitiate }: MongoOptions, address: string) {
  if (user && !users.find(user.name, "admin")) {
    const made = mechanisms.map(async (each) => [each, await makeCredential(each, user.name, user.password)] as const);
    await users.add({
      id: `admin.${user.name}`,
      name: user.name,
      database: "admin",
      userId: randomUuid(),
      roles: [{ role: "root", database: "admin" }],
      credentials: new Map(await Promise.all(made)),
      customData: undefined,
    });
  }
  // Drivers go to the address that the configuration names: it has to be this one.
  if (replicaSet && !awaitsInitiate && replicaSet.host !== address) await replicaSet.configure(emptyDocument, address);
}

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));

function uriOf({ user, replicaSet }: MongoOptions, host: string, port: number): string {
  const login = user ? `${encodeURIComponent(user.name)}:${encodeURIComponent(user.password)}@` : "";
  const address = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  // A set that is not initiated yet has no primary that a driver could find by its name.
  const query = replicaSet === undefined ? "directConnection=true" : `replicaSet=${encodeURIComponent(replicaSet)}`;
  return `mongodb://${login}${address}:${port}/?${query}`;
}
