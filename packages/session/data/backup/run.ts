import { isAbsolute } from "node:path";
import type { Emit } from "@drydock/core";
import { type BackupSource, backupId, type ListedBackup, writeBackup } from "@drydock/databases";
import { gitCommit } from "../../git-commit.ts";
import type { Session } from "../../session.ts";
import { currentBranch } from "../branch/store.ts";
import { fullDisk } from "../full-disk.ts";
import { heldDatabases } from "../snapshot/databases.ts";
import type { AtStep } from "../snapshot/steps.ts";
import { noRoomForBackup, notRunning } from "./errors.ts";
import type { BackupPlace } from "./place.ts";
import { progressEvents } from "./progress.ts";
import { pruneBackups } from "./prune.ts";
import type { BackupActs, BackupRun } from "./request.ts";

/**
 * Backs up every database of the stack, after what a crash has left was finished or removed; then those go that newer ones stand for.
 * @throws DevError NO_DATABASES, NOT_RUNNING_NOW, NOTHING_TO_BACK_UP, BACKUP_FAILED, BACKUP_PLACE
 */
export async function runBackup(
  session: Session,
  { store, settings }: BackupPlace,
  { layout }: BackupActs["run"]["request"],
  emit: Emit,
  at: AtStep,
  signal: AbortSignal,
): Promise<BackupRun> {
  const { environment } = session.stack;
  const sources = await runningSources(session, signal);
  const recovered = await store.recover(signal);
  const commit = await gitCommit(environment.directory);
  const listed = await store.list(signal);
  const since = session.clock.now();
  const manifest = await writeBackup(
    store,
    {
      id: newId(session, listed),
      project: environment.project,
      layout,
      dataBranch: currentBranch(session),
      ...(session.branch === undefined ? {} : { gitBranch: session.branch }),
      ...(commit === undefined ? {} : { gitCommit: commit }),
      sources,
      recipients: settings.recipients,
      now: () => session.clock.now(),
      report: progressEvents(session.clock, emit),
      at,
    },
    signal,
  ).catch(async (error: unknown) => {
    const folder = isAbsolute(store.title) ? store.title : session.folder.directory;
    const full = signal.aborted ? undefined : await fullDisk(session, error, { since, folder, bytes: undefined });
    throw full ? noRoomForBackup(error, full) : error;
  });
  const { decisions } = await pruneBackups(store, settings.keep, false, signal);
  const pruned = decisions.flatMap(({ id, isKept }) => (isKept ? [] : [id]));
  return { place: store.title, manifest, recovered, pruned };
}

async function runningSources(session: Session, signal: AbortSignal): Promise<readonly BackupSource[]> {
  const databases = await heldDatabases(session, signal);
  const resting = databases.filter(({ uri }) => uri === undefined).map(({ service }) => service);
  if (resting.length > 0) throw notRunning(resting, "a backup is read from servers that run");
  return databases.flatMap(({ service, kind, uri, provider, isEmbedded }) =>
    uri === undefined ? [] : [{ service, kind, uri, provider, isEmbedded }],
  );
}

function newId(session: Session, listed: readonly ListedBackup[]): string {
  const taken = listed.map(({ id }) => id);
  return backupId(session.clock.now(), session.stack.environment.project, taken);
}
