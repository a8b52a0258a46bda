import { MongoError } from "../errors/mongo-error.ts";
import type { Session } from "./session.ts";

/**
 * Commits the session's transaction; one that was committed already is left, so that a client may ask again. @throws MongoError
 * NoSuchTransaction when it was aborted or never there, WriteConflict
 */
export async function commitTransaction(session: Session, number: bigint): Promise<void> {
  const { state } = session;
  if (state.kind === "committed" && state.number === number) return;
  if (state.kind !== "open" || state.number !== number) throw noSuchTransaction(session, number);
  try {
    await state.transaction.commit();
    session.state = { kind: "committed", number };
  } catch (error) {
    session.state = { kind: "aborted", number };
    throw error;
  }
}

/** Aborts the session's transaction. @throws MongoError NoSuchTransaction, TransactionCommitted */
export function abortTransaction(session: Session, number: bigint): void {
  const { state } = session;
  if (state.kind === "committed" && state.number === number)
    throw new MongoError("TransactionCommitted", `Transaction with { txnNumber: ${number} } has been committed.`);
  if (state.kind !== "open" || state.number !== number) throw noSuchTransaction(session, number);
  session.end();
}

const noSuchTransaction = ({ state }: Session, number: bigint): MongoError =>
  new MongoError(
    "NoSuchTransaction",
    state.kind === "aborted" && state.number === number
      ? `Transaction with { txnNumber: ${number} } has been aborted.`
      : `Given transaction number ${number} does not match any in-progress transactions.`,
  );
