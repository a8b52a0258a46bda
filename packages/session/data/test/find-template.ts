import { join } from "node:path";
import { type Emit, nothingObserved } from "@drydock/core";
import { readSnapshots } from "@drydock/databases";
import { withCheckoutName } from "../../checkout-name.ts";
import { noComposeFile } from "../../errors.ts";
import { findStateFolder } from "../../find-project.ts";
import { loadProject } from "../../load-project.ts";
import { findDatabases } from "../find-databases.ts";
import { chooseDataset, seedsFolder } from "../seed/dataset-files.ts";
import { defaultSeed, startOfDay } from "../seed/defaults.ts";
import { planKept } from "../seed/kept-seeds.ts";
import { migrationsOf } from "../seed/migrations.ts";
import { snapshotFolder } from "../snapshot/folder.ts";
import { noTemplate } from "./errors.ts";
import { openTestDatabases, type TestDatabasesRequest } from "./open-test-databases.ts";

/**
 * The folder of a snapshot of a dataset that the embedded servers can start from; it is made where there is none. The source asks for the embedded servers.
 * @throws DevError NO_TEMPLATE and those of `openTestDatabases`
 */
export async function findTemplate(
  request: TestDatabasesRequest & { readonly dataset: string },
  emit: Emit,
  signal: AbortSignal,
): Promise<string> {
  const look = () => find(request);
  const found = await look();
  if (found !== undefined) return found;
  const databases = await openTestDatabases(request, emit, signal);
  await databases.close();
  const made = await look();
  if (made === undefined) throw noTemplate(request.dataset);
  return made;
}

async function find({ source, dataset }: TestDatabasesRequest): Promise<string | undefined> {
  const folder = findStateFolder(source);
  if (!folder) throw noComposeFile(source.directory);
  const { environment, settings } = await loadProject(withCheckoutName(source, folder), []);
  const file = await chooseDataset(seedsFolder(environment.directory, settings), dataset);
  const names = findDatabases(environment, nothingObserved).map(({ service }) => service);
  const now = Date.now();
  const order = { seed: defaultSeed, now: startOfDay(now) };
  const { key } = await planKept(environment, file, order, migrationsOf(environment, names));
  const at = new Date(now).toISOString();
  const manifest = (await readSnapshots(snapshotFolder(folder))).findLast(
    (each) =>
      each.key === key &&
      each.engine === "local" &&
      (each.seed?.freshUntil === undefined || each.seed.freshUntil > at) &&
      each.parts.every(({ provider }) => provider.startsWith("embedded")),
  );
  return manifest && join(snapshotFolder(folder), manifest.id);
}
