import { posix } from "node:path";
import { gitBranches } from "../../git-commit.ts";
import type { Session } from "../../session.ts";
import { heldDatabases } from "../snapshot/databases.ts";
import type { DataEngine } from "../snapshot/engine.ts";
import { badName, noEarlierBranch } from "../snapshot/errors.ts";
import { type Exchange, exchangeData } from "../snapshot/exchange.ts";
import { recoverData } from "../snapshot/recover.ts";
import { bytesOf, captureAll, withData } from "../snapshot/save.ts";
import type { AtStep } from "../snapshot/steps.ts";
import type { Branches, BranchRecord, BranchSwitch } from "./branches.ts";
import { branchFolder, readBranches, writeBranches } from "./store.ts";

/**
 * Makes a branch the data that the servers have; `-` is the one before. A branch that is not there yet begins as a copy of the current data, for which no
 * server stops. @throws DevError BAD_NAME, NO_SUCH_BRANCH, NO_DATA, EXCHANGE_FAILED: the data is what it was
 */
export async function switchBranch(
  session: Session,
  engine: DataEngine,
  name: string,
  at: AtStep,
  signal: AbortSignal,
): Promise<BranchSwitch> {
  await recoverData(session, engine, signal);
  const before = readBranches(session);
  const to = name === "-" ? before.previous : name;
  if (to === undefined) throw noEarlierBranch();
  if (!/^[A-Za-z0-9][\w./-]{0,79}$/.test(to)) throw badName("branch", to);
  const from = before.current;
  const isNew = !Object.hasOwn(before.branches, to);
  if (to === from) return { from, to, isNew: false };
  const branches = await recordSwitch(session, before, to);
  const exchange = isNew
    ? await copyAway(session, engine, from, branches, at, signal)
    : await trade(session, engine, from, to, branches, signal);
  await exchangeData(session, engine, exchange, at, signal);
  return { from, to, isNew };
}

/** Removes the branches whose git branch is gone, but never the current one; only names them when `isDryRun`. */
export async function pruneBranches(
  session: Session,
  engine: DataEngine,
  isDryRun: boolean,
  signal: AbortSignal,
): Promise<readonly string[]> {
  await recoverData(session, engine, signal);
  const kept = await gitBranches(session.stack.environment.directory);
  if (kept === undefined) return [];
  const { current, previous, branches } = readBranches(session);
  const isGone = ([name, { gitBranch }]: readonly [string, BranchRecord]) =>
    name !== current && gitBranch !== undefined && !kept.includes(gitBranch);
  const gone = Object.entries(branches)
    .filter(isGone)
    .map(([name]) => name);
  if (isDryRun || gone.length === 0) return gone;
  const left = Object.fromEntries(Object.entries(branches).filter(([name]) => !gone.includes(name)));
  const isPreviousLeft = previous !== undefined && !gone.includes(previous);
  writeBranches(session.folder, { current, branches: left, ...(isPreviousLeft ? { previous } : {}) });
  for (const { service } of await heldDatabases(session, signal))
    for (const name of gone) await engine.files.remove(posix.join(engine.place(service).beside, branchFolder(name)));
  return gone;
}

async function recordSwitch(session: Session, before: Branches, to: string): Promise<Branches> {
  const known = before.branches[to];
  const isOfGit = session.branch === to || (await gitBranches(session.stack.environment.directory))?.includes(to);
  const made = { madeAt: session.clock.now(), parent: before.current, ...(isOfGit ? { gitBranch: to } : {}) };
  return { current: to, previous: before.current, branches: { ...before.branches, [to]: known ?? made } };
}

/** What the servers have goes on as the new branch; a copy of it stays for the one that is left. */
async function copyAway(
  session: Session,
  engine: DataEngine,
  from: string,
  branches: Branches,
  at: AtStep,
  signal: AbortSignal,
): Promise<Exchange> {
  const databases = await withData(await heldDatabases(session, signal), engine);
  const parked = (service: string) => posix.join(engine.place(service).beside, branchFolder(from));
  const services = databases.map(({ service }) => service);
  return {
    title: `new branch ${branches.current}`,
    services,
    running: [],
    bytes: await bytesOf(engine, databases),
    moves: [],
    made: services.map(parked),
    replaced: [],
    branches,
    async prepare() {
      for (const service of services) {
        await engine.files.remove(parked(service));
        await engine.files.makeFolder(engine.place(service).beside);
      }
      await captureAll(session, engine, databases, parked, at, signal);
    },
  };
}

/** The data of the servers is put aside, and that of the other branch in its place. */
async function trade(
  session: Session,
  engine: DataEngine,
  from: string,
  to: string,
  branches: Branches,
  signal: AbortSignal,
): Promise<Exchange> {
  const databases = await heldDatabases(session, signal);
  const moves = await Promise.all(
    databases.map(async ({ service }) => {
      const { live, beside } = engine.place(service);
      const [parked, wanted] = [posix.join(beside, branchFolder(from)), posix.join(beside, branchFolder(to))];
      const hasData = (await engine.files.list(live)).length > 0;
      return [
        ...(hasData ? [{ from: live, to: parked }] : []),
        ...((await engine.files.exists(wanted)) ? [{ from: wanted, to: live }] : []),
      ];
    }),
  );
  return {
    title: `switch to branch ${to}`,
    services: databases.map(({ service }) => service),
    running: databases.filter(({ isRunning }) => isRunning).map(({ service }) => service),
    moves: moves.flat(),
    made: [],
    replaced: [],
    branches,
    prepare: async () => undefined,
  };
}
