import { readSnapshots, type SnapshotManifest } from "@drydock/databases";
import type { Session } from "../../session.ts";
import type { SnapshotCall } from "../../supervisor.ts";
import { pruneBranches, switchBranch } from "../branch/branch.ts";
import { readBranches } from "../branch/store.ts";
import { tellWork } from "../tell-work.ts";
import { diffSnapshots } from "./diff.ts";
import { noSuchSnapshot } from "./errors.ts";
import { snapshotFolder } from "./folder.ts";
import { withDataEngine } from "./open.ts";
import { removeSnapshots } from "./remove.ts";
import type { SnapshotAct, SnapshotActs } from "./request.ts";
import { restoreInto } from "./restore.ts";
import { saveInto } from "./save.ts";
import { goOn } from "./steps.ts";

type Act<A extends SnapshotAct> = (
  session: Session,
  request: SnapshotActs[A]["request"],
  signal: AbortSignal,
) => Promise<SnapshotActs[A]["result"]>;

const acts: { readonly [A in SnapshotAct]: Act<A> } = {
  save: (session, request, signal) =>
    withDataEngine(session, signal, (engine) => saveInto(session, engine, request, goOn, signal)),
  async restore(session, { name, dryRun }, signal) {
    const manifest = await findSnapshot(session, name);
    if (!dryRun)
      await withDataEngine(session, signal, (engine) => restoreInto(session, engine, manifest, goOn, signal));
    return manifest;
  },
  async remove(session, { names, dryRun }, signal) {
    const found = await Promise.all(names.map((name) => findSnapshot(session, name)));
    if (!dryRun) await removeSnapshots(session, found, signal);
    return found;
  },
  async diff(session, { from, to }, signal) {
    const [before, after] = [
      await findSnapshot(session, from),
      to === undefined ? to : await findSnapshot(session, to),
    ];
    return withDataEngine(session, signal, (engine) => diffSnapshots(session, engine, before, after, signal));
  },
  branch: (session, { name }, signal) =>
    withDataEngine(session, signal, (engine) => switchBranch(session, engine, name, goOn, signal)),
  prune: (session, { dryRun }, signal) =>
    withDataEngine(session, signal, (engine) => pruneBranches(session, engine, dryRun, signal)),
  branches: async (session) => readBranches(session),
};

/** Does one act with copies of the data, after everything before it that changes the stack. @throws DevError those of the act */
export async function snapshot<A extends SnapshotAct>(
  session: Session,
  { source, act, request }: SnapshotCall<A>,
  signal: AbortSignal,
): Promise<SnapshotActs[A]["result"]> {
  return session.exclusively(async () => {
    if (!session.hasStack) await session.load(source, [], signal);
    const work = () => acts[act](session, request, signal);
    const label = "dryRun" in request && request.dryRun ? undefined : labels[act]?.(request);
    return label === undefined ? work() : tellWork(session, label, work);
  });
}

/** What the acts that change something are called. */
const labels: { readonly [A in SnapshotAct]?: (request: SnapshotActs[A]["request"]) => string } = {
  save: ({ name }) => (name === undefined ? "save a snapshot" : `save the snapshot ${name}`),
  restore: ({ name }) => `restore ${name ?? "the newest snapshot"}`,
  remove: ({ names }) => `remove ${names.join(", ")}`,
  branch: ({ name }) => `switch to branch ${name === "-" ? "before" : name}`,
  prune: () => "remove branches",
};

/** A snapshot by its name, or the newest. @throws DevError NO_SUCH_SNAPSHOT */
async function findSnapshot(session: Session, name: string | undefined): Promise<SnapshotManifest> {
  const all = await readSnapshots(snapshotFolder(session.folder));
  const found = name === undefined ? all.at(-1) : all.find(({ id }) => id === name);
  if (!found)
    throw noSuchSnapshot(
      name,
      all.map(({ id }) => id),
    );
  return found;
}
