import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Emit, type Environment, type Instance, nothingObserved, systemClock } from "@drydock/core";
import { findDatabases, type StackDatabase } from "../data/find-databases.ts";
import { findStateFolder } from "../find-project.ts";
import { loadProject } from "../load-project.ts";
import { readMongodArguments } from "../serve/mongod-arguments.ts";
import type { StackSource } from "../supervisor.ts";
import type { ThreadAddresses } from "./server-thread-protocol.ts";

/** What databases of a test are like. All of it is optional. */
export interface TestDatabasesOptions {
  /**
   * A dataset of seeds/ that they have at the beginning and after each reset; without it they are empty.
   * @example testDatabases({ dataset: "small" })
   */
  readonly dataset?: string;
  /** The project's folder, or one in it; the working directory without it. */
  readonly directory?: string;
  /**
   * Be a replica set of this name: transactions and change streams work. Without it, as the Compose file has it.
   * @example testDatabases({ replicaSet: "rs0" })
   */
  readonly replicaSet?: string;
}

/** What is to be started, found out once for however many. */
export interface DatabasePlan {
  readonly replicaSet: string | undefined;
  /** Folders that the data is copied from. */
  readonly templates: { readonly mongo?: string; readonly redis?: string };
  /** The variables that find them. */
  variables(addresses: ThreadAddresses): Readonly<Record<string, string>>;
}

/**
 * Reads the project, where there is one, and gets the data of the dataset: from its snapshot, which is made first where there is none.
 * @throws DevError those of `openTestDatabases`
 */
export async function planDatabases(
  options: TestDatabasesOptions,
  templateFolder: string,
  emit: Emit,
): Promise<DatabasePlan> {
  const variables = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const source: StackSource = {
    directory: options.directory ?? process.cwd(),
    files: [],
    envFiles: [],
    profiles: [],
    engine: "local",
    // The servers are embedded ones: only they start in a moment and are emptied in one.
    variables: { ...variables, DRYDOCK_PROVIDERS: "embedded" },
  };
  const hasProject = findStateFolder(source) !== undefined;
  if (!hasProject && options.dataset === undefined)
    return { replicaSet: options.replicaSet, templates: {}, variables: (addresses) => plainVariables(addresses) };
  const { environment } = await loadProject(source, []);
  const databases = findDatabases(environment, nothingObserved);
  const templates =
    options.dataset === undefined ? {} : await copyTemplates(source, options.dataset, databases, templateFolder, emit);
  const { runVariables } = await import("../data/test/run-variables.ts");
  return {
    replicaSet: options.replicaSet ?? replicaSetOf(environment, databases),
    templates,
    variables: (addresses) => ({
      ...plainVariables(addresses),
      ...runVariables(environment, firstOfEach(databases, addresses)),
    }),
  };
}

async function copyTemplates(
  source: StackSource,
  dataset: string,
  databases: readonly StackDatabase[],
  folder: string,
  emit: Emit,
): Promise<DatabasePlan["templates"]> {
  const { findTemplate } = await import("../data/test/find-template.ts");
  const serveCommand = [process.execPath, fileURLToPath(new URL("main.js", import.meta.url)), "serve"];
  const found = await findTemplate({ source, dataset, serveCommand }, emit, new AbortController().signal);
  const copy = async (kind: "mongo" | "redis") => {
    const service = databases.find((each) => each.kind === kind)?.service;
    if (service === undefined) return {};
    // A copy, because older snapshots go when newer ones are made.
    await cp(join(found, service), join(folder, kind), { recursive: true });
    return { [kind]: join(folder, kind) };
  };
  return { ...(await copy("mongo")), ...(await copy("redis")) };
}

function replicaSetOf(environment: Environment, databases: readonly StackDatabase[]): string | undefined {
  const name = databases.find(({ kind }) => kind === "mongo")?.service;
  const command = environment.services.find((service) => service.name === name)?.command ?? [];
  return readMongodArguments(command.flatMap((word) => word.split(/\s+/))).replicaSet;
}

const plainVariables = ({ mongo, redis }: ThreadAddresses): Readonly<Record<string, string>> => ({
  ...(mongo ? { MONGO_URL: `mongodb://127.0.0.1:${mongo.port}/test?directConnection=true` } : {}),
  ...(redis ? { REDIS_URL: `redis://127.0.0.1:${redis.port}/0` } : {}),
});

function firstOfEach(databases: readonly StackDatabase[], addresses: ThreadAddresses): readonly StackDatabase[] {
  return (["mongo", "redis"] as const).flatMap((kind) => {
    const database = databases.find((each) => each.kind === kind);
    const port = addresses[kind]?.port;
    if (!database || port === undefined) return [];
    const target = kind === "mongo" ? 27017 : 6379;
    const uri = kind === "mongo" ? `mongodb://127.0.0.1:${port}/?directConnection=true` : `redis://127.0.0.1:${port}`;
    return [{ ...database, uri, instance: instanceAt(database.service, target, port) }];
  });
}

const instanceAt = (service: string, target: number, port: number): Instance => ({
  service,
  number: 1,
  id: service,
  state: "ready",
  reason: "",
  addresses: [{ target, host: "127.0.0.1", port, isPublished: true }],
  provider: "embedded",
  restarts: 0,
  startedAt: systemClock.now(),
});
