import { posix } from "node:path";
import { readSnapshots, unlockMongo } from "@drydock/databases";
import { isAlive } from "../../is-alive.ts";
import type { Session } from "../../session.ts";
import { removeDeadScratch } from "../backup/scratch.ts";
import { heldDatabases } from "./databases.ts";
import type { DataEngine } from "./engine.ts";
import { complete, takeBack } from "./exchange.ts";
import { readExchange } from "./journal.ts";
import { withDataEngine } from "./open.ts";

/** The prefix of folders that are being written. */
const partialPrefix = ".partial-";

/** The folder that a snapshot is written to first. It names its writer: `dev test` and the supervisor write to one place. */
export const partialFolder = (id: string): string => `${partialPrefix}${process.pid}.${id}`;

/** By another process, which runs. */
function isBeingWritten(name: string): boolean {
  const writer = Number(/^\.partial-(\d+)\./.exec(name)?.[1] ?? Number.NaN);
  return !Number.isNaN(writer) && writer !== process.pid && isAlive(writer);
}

/** Before servers start: an exchange that a crash cut short is taken back or completed. @throws the files' errors */
export function recoverBeforeStart(session: Session, signal: AbortSignal): Promise<void> {
  return withDataEngine(session, signal, (engine) => recoverData(session, engine, signal));
}

/** Brings what a crash has left in order: an exchange, a snapshot that is not whole, a lock. @throws the files' and the servers' errors */
export async function recoverData(session: Session, engine: DataEngine, signal: AbortSignal): Promise<void> {
  const record = await readExchange(session.folder);
  if (record && record.engine === engine.kind) {
    await endStrays(session, signal);
    const databases = await heldDatabases(session, signal);
    const running = databases.filter((each) => each.isRunning).map(({ service }) => service);
    if (record.phase === "answered") await complete(session, engine, record);
    else await takeBack(session, engine, record, running);
    const outcome = record.phase === "answered" ? "it is complete now" : "the data is what it was before";
    session.publish({
      kind: "notice",
      at: session.clock.now(),
      level: "warning",
      message: `The ${record.title} was cut short: ${outcome}.`,
    });
  }
  await removePartial(session, engine, signal);
  await removeDeadScratch(engine);
}

/** A server of a dead session may still be about to end, and would write into the folder that comes back. */
async function endStrays(session: Session, signal: AbortSignal): Promise<void> {
  const { engine, environment } = session.stack;
  const leftovers = await engine.findLeftovers(environment, signal);
  const processes = leftovers.filter(({ kind }) => kind === "process");
  await Promise.all(processes.map((leftover) => engine.removeLeftover(leftover, signal)));
}

async function removePartial(session: Session, engine: DataEngine, signal: AbortSignal): Promise<void> {
  const whole = new Set((await readSnapshots(engine.manifests)).map(({ id }) => id));
  const names = await engine.files.list(engine.snapshots);
  const left = names.filter((name) => !whole.has(name) && !isBeingWritten(name));
  if (left.some((name) => name.startsWith(partialPrefix)) && engine.isLasting)
    for (const { kind, uri } of await heldDatabases(session, signal))
      if (kind === "mongo" && uri !== undefined) await unlockMongo(uri);
  for (const name of left) await engine.files.remove(posix.join(engine.snapshots, name));
}
