import { measureMongo, measureRedis, readSnapshots } from "@drydock/databases";
import { gitBranches } from "../git-commit.ts";
import type { Session } from "../session.ts";
import { readBranches } from "./branch/store.ts";
import type { BranchOverview, DatabaseOverview, DataOverview } from "./data-overview.ts";
import { findDatabases, type StackDatabase } from "./find-databases.ts";
import { defaultDataset, findDatasets, seedsFolder } from "./seed/dataset-files.ts";
import { snapshotFolder } from "./snapshot/folder.ts";

/** Looks at the data of a session's stack; changes nothing. A server that does not answer is told as a problem, never thrown. */
export async function readData(session: Session, signal: AbortSignal): Promise<DataOverview> {
  const { environment, settings } = session.stack;
  const found = findDatabases(environment, await session.observe(signal));
  const [databases, files, snapshots, branches] = await Promise.all([
    Promise.all(found.map(measure)),
    findDatasets(seedsFolder(environment.directory, settings)),
    readSnapshots(snapshotFolder(session.folder)),
    branchesOf(session),
  ]);
  const seeded = new Set(databases.flatMap((each) => each.databases.flatMap(({ datasets }) => datasets)));
  const usual = defaultDataset(files, settings.data.seed || undefined)?.name;
  return {
    databases,
    datasets: files.map(({ name }) => ({ name, isDefault: name === usual, isSeeded: seeded.has(name) })),
    snapshots: [...snapshots].reverse(),
    branches,
  };
}

async function measure({ service, kind, uri, instance }: StackDatabase): Promise<DatabaseOverview> {
  const about = { service, kind, provider: instance?.provider ?? "", isRunning: uri !== undefined };
  if (uri === undefined) return { ...about, databases: [] };
  try {
    return { ...about, databases: await (kind === "mongo" ? measureMongo(uri) : measureRedis(uri)) };
  } catch (error) {
    return { ...about, databases: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

async function branchesOf(session: Session): Promise<readonly BranchOverview[]> {
  const { current, branches } = readBranches(session);
  const existing = await gitBranches(session.stack.environment.directory);
  const all = Object.entries(branches).map(([name, record]) => ({
    name,
    isCurrent: name === current,
    ...record,
    isGone:
      name !== current &&
      record.gitBranch !== undefined &&
      existing !== undefined &&
      !existing.includes(record.gitBranch),
  }));
  return all.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent) || a.name.localeCompare(b.name));
}
