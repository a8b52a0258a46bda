import type { Emit } from "@drydock/core";
import { loadSettings } from "../../load-settings.ts";
import type { Session } from "../../session.ts";
import type { BackupCall } from "../../supervisor.ts";
import { type AtStep, goOn } from "../snapshot/steps.ts";
import { tellWork } from "../tell-work.ts";
import { type BackupPlace, openPlace } from "./place.ts";
import { pruneBackups } from "./prune.ts";
import type { BackupAct, BackupActs } from "./request.ts";
import { restoreBackup } from "./restore.ts";
import { runBackup } from "./run.ts";
import { verifyBackup } from "./verify.ts";

type Act<A extends BackupAct> = (
  session: Session,
  place: BackupPlace,
  call: BackupCall<A>,
  emit: Emit,
  at: AtStep,
  signal: AbortSignal,
) => Promise<BackupActs[A]["result"]>;

const acts: { readonly [A in BackupAct]: Act<A> } = {
  run: (session, place, { request }, emit, at, signal) => runBackup(session, place, request, emit, at, signal),
  list: async (_session, { store }, _call, _emit, _at, signal) => ({
    place: store.title,
    backups: await store.list(signal),
  }),
  verify: (session, place, { request, source }, emit, _at, signal) =>
    verifyBackup(session, place, request, source, emit, signal),
  restore: (session, place, { request, source }, emit, at, signal) => {
    const work = () => restoreBackup(session, place, request, source, emit, at, signal);
    return request.dryRun ? work() : session.exclusively(work);
  },
  prune: (_session, { store, settings }, { request }, _emit, _at, signal) =>
    pruneBackups(store, settings.keep, request.dryRun, signal),
};

/** What an act is called while it is under way; undefined for one that only looks. */
function labelOf(act: BackupAct, id: string | undefined): string | undefined {
  const what = id ?? "the newest backup";
  const labels = { run: "back up", verify: `verify ${what}`, restore: `restore ${what}`, prune: "remove old backups" };
  return act === "list" ? undefined : labels[act];
}

const queues = new WeakMap<Session, Promise<unknown>>();

/**
 * Does one act on backups, after the ones before it. Only a restore keeps others from changing the stack meanwhile. @throws DevError those of the act
 */
export async function backup<A extends BackupAct>(
  session: Session,
  call: BackupCall<A>,
  emit: Emit,
  signal: AbortSignal,
  at: AtStep = goOn,
): Promise<BackupActs[A]["result"]> {
  const { source, act, request } = call;
  if (!session.hasStack) await session.load(source, [], signal);
  const { environment } = session.stack;
  // Read anew: who has just edited the file means what it says now.
  const { backup: settings } = await loadSettings(environment.directory);
  const store = await openPlace({
    to: request.to ?? settings.to,
    project: environment.project,
    directory: environment.directory,
    stateDirectory: session.folder.directory,
    variables: source.variables,
  });
  const label =
    "dryRun" in request && request.dryRun ? undefined : labelOf(act, "id" in request ? request.id : undefined);
  const begin = () => acts[act](session, { store, settings }, call, emit, at, AbortSignal.any([signal, session.ended]));
  const work = () => (label === undefined ? begin() : tellWork(session, label, begin));
  const before = queues.get(session) ?? Promise.resolve();
  const result = before.then(work, work);
  queues.set(
    session,
    result.catch(() => undefined),
  );
  return result;
}
