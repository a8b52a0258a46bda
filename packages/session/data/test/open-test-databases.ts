import { rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { type Emit, findService, nothingObserved, type Service } from "@drydock/core";
import { withCheckoutName } from "../../checkout-name.ts";
import { noComposeFile } from "../../errors.ts";
import { findStateFolder } from "../../find-project.ts";
import { type LoadedProject, loadProject } from "../../load-project.ts";
import { loadModel } from "../../load-stack.ts";
import { makeStateFolder } from "../../state-folder.ts";
import type { StackSource } from "../../supervisor.ts";
import { findDatabases, type StackDatabase } from "../find-databases.ts";
import { chooseDataset, type DatasetFile, defaultDataset, findDatasets, seedsFolder } from "../seed/dataset-files.ts";
import { migrationsOf } from "../seed/migrations.ts";
import { dataTarget } from "../snapshot/engine.ts";
import { noTestDatabases } from "./errors.ts";
import { type FilledData, fillDatabases, runningDatabases } from "./fill-databases.ts";
import { deadRuns, makeRunFolder } from "./run-folder.ts";
import { openRunStack, removeDeadRun } from "./run-stack.ts";
import { runVariables } from "./run-variables.ts";
import { stackModel } from "./stack-model.ts";

/** What is asked for. */
export interface TestDatabasesRequest {
  readonly source: StackSource;
  /** Undefined: the default dataset, or empty databases where there is none. */
  readonly dataset?: string;
  /** Runs `dev serve` as a child. */
  readonly serveCommand: readonly string[];
}

/** The databases of one run of tests. */
export interface TestDatabases {
  /** What finds them: see `runVariables`. */
  readonly variables: Readonly<Record<string, string>>;
  readonly databases: readonly StackDatabase[];
  /** Undefined: they are empty. */
  readonly dataset: FilledData | undefined;
  /** Removes them with their data. */
  close(): Promise<void>;
}

/**
 * Starts the databases of a project, and nothing else of it, with a dataset's data, beside whatever runs: nothing of the developer's own is touched. What an
 * earlier run left that was killed is removed first.
 * @throws DevError BAD_CONFIGURATION, NO_COMPOSE_FILE, NO_DATABASES, NO_DATASETS, NO_SUCH_DATASET, and why a server or a migration did not come up; nothing is
 *   left then
 */
export async function openTestDatabases(
  { source, dataset, serveCommand }: TestDatabasesRequest,
  emit: Emit,
  signal: AbortSignal,
): Promise<TestDatabases> {
  const folder = findStateFolder(source);
  if (!folder) throw noComposeFile(source.directory);
  const named = withCheckoutName(source, folder);
  const project = await loadProject(named, []);
  const databases = findDatabases(project.environment, nothingObserved);
  if (databases.length === 0) throw noTestDatabases();
  const file = await chosenDataset(project, dataset);
  await makeStateFolder(folder);
  for (const dead of await deadRuns(folder))
    await removeDeadRun(dead, source, serveCommand, signal).catch(() => undefined); // whoever comes next tries again
  const names = databases.map(({ service }) => service);
  const migrations = file ? migrationsOf(project.environment, names) : [];
  const run = await makeRunFolder(folder);
  const open = async () => {
    const name = `${project.environment.project}-test-${run.id}`;
    const text = await stackText(named, project, databases, migrations, name);
    return openRunStack(run.folder, text, source, serveCommand, signal);
  };
  const stack = await open().catch(async (error: unknown) => {
    await rm(run.folder.directory, { recursive: true, force: true });
    throw error;
  });
  const unsubscribe = stack.session.hub.subscribe((event) => {
    if (event.kind === "progress" || event.kind === "notice") emit(event);
  });
  const close = async () => {
    unsubscribe();
    await stack.remove();
  };
  try {
    await stack.prepare(names, signal);
    const home = { folder, project: project.environment.project };
    const filled = file && (await fillDatabases(stack, { project, file, migrations, home }, databases, emit, signal));
    if (!file) await stack.start(names, signal);
    const running = await runningDatabases(stack, databases, signal);
    return { variables: runVariables(project.environment, running), databases: running, dataset: filled, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function chosenDataset(
  { environment, settings }: LoadedProject,
  name: string | undefined,
): Promise<DatasetFile | undefined> {
  const folder = seedsFolder(environment.directory, settings);
  if (name !== undefined) return chooseDataset(folder, name);
  return settings.data.seed === false ? undefined : defaultDataset(await findDatasets(folder), settings.data.seed);
}

async function stackText(
  source: StackSource,
  { environment }: LoadedProject,
  databases: readonly StackDatabase[],
  migrations: readonly Service[],
  name: string,
): Promise<string> {
  const servers = await Promise.all(
    databases.map(async ({ service, kind }) => {
      const definition = findService(environment, service);
      const target = kind === "mongo" ? 27017 : 6379;
      return {
        name: service,
        database: {
          dataTarget: definition ? dataTarget(definition) : "",
          ports: [{ target, published: await freePort() }],
        },
      };
    }),
  );
  const model = JSON.parse(loadModel(source, "json")) as Readonly<Record<string, unknown>>;
  return JSON.stringify(stackModel(model, name, [...servers, ...migrations]), null, 2);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
