import { MongoError } from "../errors/mongo-error.ts";
import type { Store, Transaction } from "../storage/store.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toTruncated } from "../values/convert-numbers.ts";
import { Document } from "../values/document.ts";
import { encodeDocument, isArray } from "../values/encode.ts";
import { int32 } from "../values/scalars.ts";
import type { Session } from "./session.ts";

/** One command with a transaction number, and what it is to its session. */
export type Statement =
  | { readonly kind: "retryable"; readonly number: bigint; readonly remembered: Document | undefined }
  | { readonly kind: "transaction"; readonly transaction: Transaction }
  /** commitTransaction or abortTransaction: they look at the session themselves. */
  | { readonly kind: "ending"; readonly number: bigint };

/** What the rules look at. */
export interface StatementRequest {
  readonly number: bigint;
  readonly isInTransaction: boolean;
  readonly startsTransaction: boolean;
  /** commitTransaction and abortTransaction. */
  readonly endsTransaction: boolean;
  readonly request: Document;
}

/**
 * Brings the session to the number of a command: begins a transaction, goes on with one, or a retryable write (driver specifications
 * "Transactions" and "Retryable Writes"). A newer number aborts what is open. @throws MongoError TransactionTooOld, NoSuchTransaction,
 * TransactionCommitted, ConflictingOperationInProgress, InvalidOptions
 */
export function beginStatement(session: Session, asked: StatementRequest, store: Store, now: number): Statement {
  const { number } = asked;
  if (session.state.kind === "none") session.state = stateBefore(store, session);
  const current = session.transactionNumber;
  if (current !== undefined && number < current)
    throw new MongoError(
      "TransactionTooOld",
      `Cannot start transaction with { txnNumber: ${number} } on session because a newer transaction with txnNumber ${current} has already started.`,
    );
  if (asked.endsTransaction && asked.isInTransaction) return { kind: "ending", number };
  if (!asked.isInTransaction) return beginRetryable(session, asked);
  if (asked.startsTransaction) return beginTransaction(session, number, store, now);
  return { kind: "transaction", transaction: openTransaction(session, number) };
}

/** A session that is new to this run of the server may have been used in an earlier one. */
function stateBefore(store: Store, session: Session): Session["state"] {
  const committed = store.committedStatement(session.key);
  if (!committed) return session.state;
  const { number, reply } = committed;
  return reply ? { kind: "retryable", number, reply: retriedReply(reply) } : { kind: "committed", number };
}

/** The reply as it is given to whoever asks again: in bytes of its own, so that the message it answers is not kept for it. */
export const retriedReply = (reply: Document): Document =>
  Document.read(encodeDocument(Document.of(new Map([...reply.fields(), ["retriedStmtIds", [int32(0)]]]))));

function beginRetryable(session: Session, { number, request }: StatementRequest): Statement {
  const { state } = session;
  if (state.kind !== "none" && state.number === number) {
    if (state.kind === "retryable") return { kind: "retryable", number, remembered: state.reply };
    throw new MongoError("IncompleteTransactionHistory", `txnNumber ${number} was used for a transaction`);
  }
  refuseMulti(request);
  session.end();
  session.state = { kind: "retryable", number, reply: undefined };
  return { kind: "retryable", number, remembered: undefined };
}

/** Writes to more than one document cannot be retried. */
function refuseMulti(request: Document): void {
  const updates = request.get("updates");
  const deletes = request.get("deletes");
  const isMulti =
    (isArray(updates) && updates.some((each) => each instanceof Document && each.get("multi") === true)) ||
    (isArray(deletes) && deletes.some((each) => each instanceof Document && isZero(each.get("limit"))));
  if (isMulti) throw new MongoError("InvalidOptions", "Cannot use (or request) retryable writes with multi=true");
}

const isZero = (value: unknown): boolean => isNumber(value) && toTruncated(value) === 0n;

function beginTransaction(session: Session, number: bigint, store: Store, now: number): Statement {
  const { state } = session;
  if (state.kind !== "none" && state.number === number)
    throw new MongoError(
      "ConflictingOperationInProgress",
      `Cannot start transaction with txnNumber ${number} on session: it has already started`,
    );
  session.end();
  const transaction = store.begin({
    sessionId: session.id,
    transactionNumber: number,
    statement: { sessionKey: session.key, number },
  });
  session.state = { kind: "open", number, transaction, startedAt: now };
  return { kind: "transaction", transaction };
}

/** The session's transaction of this number. @throws MongoError NoSuchTransaction, TransactionCommitted */
function openTransaction({ state }: Session, number: bigint): Transaction {
  if (state.kind === "open" && state.number === number) return state.transaction;
  if (state.kind === "committed" && state.number === number)
    throw new MongoError("TransactionCommitted", `Transaction with { txnNumber: ${number} } has been committed.`);
  if (state.kind === "aborted" && state.number === number)
    throw new MongoError("NoSuchTransaction", `Transaction with { txnNumber: ${number} } has been aborted.`);
  throw new MongoError(
    "NoSuchTransaction",
    `Given transaction number ${number} does not match any in-progress transactions.`,
  );
}
