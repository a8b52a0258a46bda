import { moveAll, undoMoves } from "@drydock/databases";
import type { Session } from "../../session.ts";
import { writeBranches } from "../branch/store.ts";
import { fullDisk } from "../full-disk.ts";
import type { DataEngine } from "./engine.ts";
import { exchangeFailed, takingBackFailed } from "./errors.ts";
import { type ExchangeRecord, forgetExchange, writeExchange } from "./journal.ts";
import { startServers, stopServers } from "./services.ts";
import type { AtStep } from "./steps.ts";

/** An exchange of data: what is to take the place of what. */
export interface Exchange
  extends Pick<ExchangeRecord, "title" | "moves" | "made" | "replaced" | "services" | "branches"> {
  /** Those of the servers that run now, and shall run afterwards. */
  readonly running: readonly string[];
  /** About how much the copies are; undefined: nobody knows. */
  readonly bytes?: number;
  /** Makes the copies, while the servers still run. */
  prepare(): Promise<void>;
}

/**
 * Exchanges data: makes the copies, stops the servers, moves folders, starts the servers, and removes the old data when the new one has answered. Whatever
 * fails, and wherever this process is ended, the old data comes back.
 * @throws DevError EXCHANGE_FAILED, or the signal's reason
 */
export async function exchangeData(
  session: Session,
  engine: DataEngine,
  exchange: Exchange,
  at: AtStep,
  signal: AbortSignal,
): Promise<void> {
  const { prepare, running, bytes, ...rest } = exchange;
  const since = session.clock.now();
  let record: ExchangeRecord = { ...rest, engine: engine.kind, phase: "preparing" };
  try {
    await writeExchange(session.folder, record);
    at("recorded");
    await prepare();
    at("prepared");
    if (record.moves.length > 0) {
      signal.throwIfAborted();
      await stopServers(session, running, signal);
      at("stopped");
      record = { ...record, phase: "exchanging" };
      await writeExchange(session.folder, record);
      await moveAll(engine.files, record.moves, (index) => at(`move ${index + 1}`));
      at("moved");
      await startServers(session, running, signal);
    }
    at("started");
    await writeExchange(session.folder, { ...record, phase: "answered" });
  } catch (error) {
    const tookBack = await takeBack(session, engine, record, running).then(
      () => ({ isDone: true }) as const,
      (cause: unknown) => ({ isDone: false, cause }) as const,
    );
    if (tookBack.isDone && signal.aborted) throw signal.reason;
    const folder = engine.kind === "local" ? session.folder.directory : undefined;
    const failed = exchangeFailed(record.title, error, await fullDisk(session, error, { since, folder, bytes }));
    throw tookBack.isDone ? failed : takingBackFailed(failed, tookBack.cause);
  }
  at("answered");
  await complete(session, engine, record);
}

/** The old data again, and the servers on it; what was made is gone. @throws the files' and the servers' errors */
export async function takeBack(
  session: Session,
  engine: DataEngine,
  record: ExchangeRecord,
  running: readonly string[],
): Promise<void> {
  const { signal } = new AbortController();
  if (record.phase === "exchanging") {
    await stopServers(session, record.services, signal);
    await undoMoves(engine.files, record.moves);
  }
  for (const path of record.made) await engine.files.remove(path);
  await forgetExchange(session.folder);
  if (record.moves.length > 0) await startServers(session, running, signal);
}

/** The new data has answered: what it replaced goes. @throws the files' errors */
export async function complete(session: Session, engine: DataEngine, record: ExchangeRecord): Promise<void> {
  if (record.branches) writeBranches(session.folder, record.branches);
  for (const path of record.replaced) await engine.files.remove(path);
  await forgetExchange(session.folder);
}
