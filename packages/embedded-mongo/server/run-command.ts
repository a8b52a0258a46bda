import type { Clock } from "@drydock/core";
import type { Command } from "../commands/command.ts";
import type { Session } from "../sessions/session.ts";
import { holdSnapshot, tellSnapshotTime } from "../sessions/snapshot-reads.ts";
import { beginStatement, retriedReply, type Statement } from "../sessions/statement.ts";
import type { Store } from "../storage/store.ts";
import { Document } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { Int32 } from "../values/scalars.ts";
import { writeByFailPoint } from "./act-on-fail-point.ts";
import type { Connection } from "./connection.ts";
import type { GenericFields } from "./generic-fields.ts";
import type { Operation } from "./operation.ts";
import { RunContext } from "./run-context.ts";
import type { Server } from "./server.ts";
import { concernError } from "./write-concern.ts";

/** What a run needs besides its request. */
export interface RunParts {
  readonly server: Server;
  readonly store: Store;
  readonly clock: Clock;
  readonly connection: Connection;
}

/** Runs a command that has passed all checks, as a statement of its session when it has a transaction number. @throws MongoError */
export async function runCommand(
  parts: RunParts,
  command: Command,
  request: Document,
  generic: GenericFields,
): Promise<Document> {
  const { server, connection } = parts;
  const session = generic.lsid && server.sessions.use(generic.lsid, connection.user?.id);
  // getMore's maxTimeMS is how long it waits for data: its own business.
  const maxTimeMs = command.name === "getMore" ? undefined : generic.maxTimeMs;
  const operation = server.operations.begin(connection, request, maxTimeMs);
  try {
    if (!session || generic.transactionNumber === undefined)
      return await runOnce(parts, command, request, generic, operation, session, undefined);
    const checkIn = await session.checkOut();
    try {
      return await runStatement(parts, command, request, generic, operation, session);
    } finally {
      checkIn();
    }
  } finally {
    server.operations.end(operation);
  }
}

async function runStatement(
  parts: RunParts,
  command: Command,
  request: Document,
  generic: GenericFields,
  operation: Operation,
  session: Session,
): Promise<Document> {
  const { transactionNumber: number = 0n, isInTransaction, startsTransaction } = generic;
  const endsTransaction = command.name === "commitTransaction" || command.name === "abortTransaction";
  const asked = { number, isInTransaction, startsTransaction, endsTransaction, request };
  const statement = beginStatement(session, asked, parts.store, parts.clock.now());
  if (statement.kind === "retryable" && statement.remembered) return statement.remembered;
  try {
    const run = () => runOnce(parts, command, request, generic, operation, session, statement);
    if (statement.kind === "retryable") return await runRetryable(parts, request, session, number, run);
    const reply = await run();
    // One write that failed aborts the transaction, as every other error does.
    if (statement.kind === "transaction" && hasFailedWrite(reply)) session.end();
    return reply;
  } catch (error) {
    if (statement.kind === "transaction") session.end();
    throw error;
  }
}

/** Remembers the reply before anything can keep it from the client. */
function runRetryable(
  { server }: RunParts,
  request: Document,
  session: Session,
  number: bigint,
  run: () => Promise<Document>,
): Promise<Document> {
  return writeByFailPoint(server.failPoints, statementsIn(request), async () => {
    const reply = await run();
    session.state = { kind: "retryable", number, reply: retriedReply(reply) };
    return reply;
  });
}

function statementsIn(request: Document): number {
  const statements = ["documents", "updates", "deletes", "ops"].map((name) => request.get(name)).find(isArray);
  return statements?.length ?? 1;
}

function hasFailedWrite(reply: Document): boolean {
  const errors = reply.get("nErrors");
  return isArray(reply.get("writeErrors")) || (errors instanceof Int32 && errors.value > 0);
}

async function runOnce(
  parts: RunParts,
  command: Command,
  request: Document,
  generic: GenericFields,
  operation: Operation,
  session: Session | undefined,
  statement: Statement | undefined,
): Promise<Document> {
  const transaction = statement?.kind === "transaction" ? statement.transaction : undefined;
  const held = transaction ? undefined : holdSnapshot(parts.server, parts.store, session, generic.readConcern);
  const { database } = generic;
  const retryable =
    statement?.kind === "retryable" && session ? { sessionKey: session.key, number: statement.number } : undefined;
  const context = new RunContext({
    ...parts,
    database,
    operation,
    session,
    transaction,
    retryable,
    heldSnapshot: held?.snapshot,
  });
  try {
    operation.check();
    const reply = await command.run(context, request);
    if (held) return tellSnapshotTime(reply, held.time);
    return command.isWrite && !transaction ? await acknowledge(parts, reply, generic) : reply;
  } finally {
    context.close();
  }
}

/** Waits for what the write concern asks, and says so when it cannot be met. */
async function acknowledge({ store }: RunParts, reply: Document, { writeConcern }: GenericFields): Promise<Document> {
  if (!writeConcern) return reply;
  if (writeConcern.isFlushed) await store.flushed();
  const error = concernError(writeConcern);
  return error ? Document.of(new Map([...reply.fields(), ["writeConcernError", error]])) : reply;
}
