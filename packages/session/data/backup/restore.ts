import { DevError, type Emit } from "@drydock/core";
import {
  type BackupManifest,
  backupEmpty,
  compareWithBackup,
  countOf,
  loadBackup,
  openForeignDump,
  type PartSource,
} from "@drydock/databases";
import type { Session } from "../../session.ts";
import type { StackSource } from "../../supervisor.ts";
import { heldDatabases } from "../snapshot/databases.ts";
import { withDataEngine } from "../snapshot/open.ts";
import type { AtStep } from "../snapshot/steps.ts";
import { nothingSelected } from "./errors.ts";
import { findBackup, openBackup } from "./find-backup.ts";
import type { BackupPlace } from "./place.ts";
import { progressEvents } from "./progress.ts";
import { replaceData } from "./replace-data.ts";
import type { RestoreRequest, RestoreResult } from "./request.ts";
import { changesOf, findTargets, type RestoreTarget } from "./restore-targets.ts";

/**
 * Restores a backup, or what mongodump has written (`id` is its path). Into the stack: a server of the same kind is filled aside and compared with what was backed up, then its files take the place of those
 * that are there, or, with `only` and where no server of the kind can be had, collection by collection within the server. Whatever is wrong with the backup
 * shows before anything is changed, and a process that is ended leaves the old data or the new, or what the next restore brings to its end.
 * @throws DevError BACKUP_DAMAGED, BACKUP_KEY, BACKUP_EMPTY, BACKUP_UNUSABLE, NO_SUCH_BACKUP, REMOTE_DATABASE, NOTHING_SELECTED, EXCHANGE_FAILED, LOAD_FAILED
 */
export async function restoreBackup(
  session: Session,
  { store, settings }: BackupPlace,
  request: RestoreRequest,
  stackSource: StackSource,
  emit: Emit,
  at: AtStep,
  signal: AbortSignal,
): Promise<RestoreResult> {
  const { environment } = session.stack;
  const foreign = isPath(request.id) ? await openForeign(session, request.id, signal) : undefined;
  const manifest = foreign?.manifest ?? (await findBackup(store, request.id, signal));
  const { documents, keys } = countOf(manifest);
  if (documents + keys === 0) throw backupEmpty(manifest.id);
  requireSelected(manifest, request.only);
  const targets = await findTargets(session, manifest, request, signal);
  const identity = request.identity ?? settings.identity;
  const source = foreign ?? (await openBackup(store, manifest, identity, stackSource, environment.directory));
  const result = { id: manifest.id, dryRun: request.dryRun, changes: await changesOf(targets, request) };
  if (request.dryRun) return result;
  const report = progressEvents(session.clock, emit);
  const within = () => loadWithin(source, targets, request, report, at, signal);
  if (request.into.length > 0 || request.only.length > 0) {
    await within();
    return result;
  }
  try {
    const snapshot = await withDataEngine(session, signal, (engine) =>
      replaceData(session, engine, source, targets, { snapshot: request.snapshot, report, at, signal }),
    );
    return { ...result, ...(snapshot === undefined ? {} : { snapshot }) };
  } catch (error) {
    const isWithout = error instanceof DevError && ["NO_SCRATCH_SERVER", "NO_CONTAINERS"].includes(error.code);
    if (!isWithout || targets.some(({ uri }) => uri === undefined)) throw error;
    await within();
    return result;
  }
}

/** What mongodump has written is named by its path. */
const isPath = (id: string | undefined): id is string => id?.includes("/") === true;

async function openForeign(session: Session, path: string, signal: AbortSignal): Promise<PartSource> {
  const mongo = (await heldDatabases(session, signal)).find(({ kind }) => kind === "mongo");
  return openForeignDump(path, mongo?.service ?? "mongo");
}

/** Into servers that run: what is loaded aside takes the place of what is there. */
async function loadWithin(
  source: PartSource,
  targets: readonly RestoreTarget[],
  { only }: RestoreRequest,
  report: ReturnType<typeof progressEvents>,
  at: AtStep,
  signal: AbortSignal,
): Promise<void> {
  for (const { database, uri } of targets) {
    if (uri === undefined) continue;
    const order = { uri, only, isAside: true, report, at, signal };
    await loadBackup(source, database, order);
    await compareWithBackup(
      source,
      database,
      order,
      "The new data is in its place. `dev backup verify` says whether the backup is whole.",
    );
  }
}

function requireSelected({ databases }: BackupManifest, only: readonly string[]): void {
  const names = databases.flatMap((each) => (each.kind === "mongo" ? each.collections : []));
  const missing = only.filter((word) => !names.some((each) => isNamed(each, word)));
  if (missing.length > 0)
    throw nothingSelected(
      missing,
      names.map(({ database, name }) => `${database}.${name}`),
    );
}

const isNamed = ({ database, name }: { readonly database: string; readonly name: string }, word: string): boolean =>
  word === name || word === `${database}.${name}`;
