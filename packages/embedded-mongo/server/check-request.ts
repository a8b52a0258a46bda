import { demandsOf } from "../auth/authorize.ts";
import type { Command } from "../commands/command.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { Document } from "../values/document.ts";
import { type GenericFields, genericFieldNames } from "./generic-fields.ts";
import type { ReadConcern } from "./read-concern.ts";
import type { Server } from "./server.ts";
import { checkStandaloneConcern } from "./write-concern.ts";

/** The rules that are the same for every command. @throws MongoError */
export function checkRequest(server: Server, command: Command, request: Document, generic: GenericFields): void {
  if (command.isAdminOnly && generic.database !== "admin")
    throw new MongoError("Unauthorized", `${command.name} may only be run against the admin database.`);
  if (command.fields) checkFields(command, command.fields, request);
  if (server.replicaSet) checkIsPrimary(server, command, request, generic);
  else checkStandalone(generic);
  if (generic.isInTransaction) {
    checkTransaction(command, generic);
    return;
  }
  if (generic.readConcern) checkReadConcern(command, generic.readConcern);
  if (generic.transactionNumber !== undefined) checkRetryable(command);
}

function checkFields(command: Command, own: readonly string[], request: Document): void {
  let isFirst = true;
  for (const name of request.fields().keys()) {
    if (!isFirst && !own.includes(name) && !genericFieldNames.has(name))
      throw new MongoError("IDLUnknownField", `BSON field '${command.name}.${name}' is an unknown field.`);
    isFirst = false;
  }
}

/** A member without a configuration takes neither reads nor writes, but of its own database "local". */
function checkIsPrimary(
  { replicaSet }: Server,
  command: Command,
  request: Document,
  { database }: GenericFields,
): void {
  if (replicaSet?.configuration || database === "local") return;
  if (command.isWrite) throw new MongoError("NotWritablePrimary", "not primary");
  if (demandsOf(command, request, database).some(({ access }) => access === "read" || access === "inspect"))
    throw new MongoError("NotPrimaryOrSecondary", "node is not in primary or recovering state");
}

function checkStandalone(generic: GenericFields): void {
  if (generic.transactionNumber !== undefined)
    throw new MongoError("IllegalOperation", "Transaction numbers are only allowed on a replica set member or mongos");
  if (generic.readConcern?.level === "snapshot")
    throw new MongoError("NotAReplicaSet", "node needs to be a replica set member to use readConcern: snapshot");
  if (generic.writeConcern) checkStandaloneConcern(generic.writeConcern);
}

/** Commands that read at a time, and those that take any concern (manual, "Read Concern", "Read Concern Support"). */
const snapshotReaders: readonly string[] = ["find", "aggregate", "distinct"];
const concernedReaders: readonly string[] = [...snapshotReaders, "count", "getMore"];

function checkReadConcern(command: Command, { level }: ReadConcern): void {
  const takes =
    level === "local" ||
    level === "available" ||
    (level === "snapshot" ? snapshotReaders : concernedReaders).includes(command.name);
  if (!takes)
    throw new MongoError(
      "InvalidOptions",
      `Command ${command.name} does not support { readConcern: { level: "${level}" } }`,
    );
}

function checkRetryable(command: Command): void {
  if (command.isRetryableWrite || isEndOfTransaction(command)) return;
  throw new MongoError(
    "NotARetryableWriteCommand",
    `txnNumber may only be provided for multi-document transactions and retryable write commands. autocommit:false was not provided, and ${command.name} is not a retryable write command.`,
  );
}

const isEndOfTransaction = ({ name }: Command): boolean => name === "commitTransaction" || name === "abortTransaction";

const levelsOfTransactions: readonly string[] = ["local", "majority", "snapshot"];

function checkTransaction(command: Command, generic: GenericFields): void {
  const isEnding = isEndOfTransaction(command);
  if (!isEnding && !command.isAllowedInTransaction)
    throw new MongoError(
      "OperationNotSupportedInTransaction",
      `Cannot run '${command.name}' in a multi-document transaction.`,
    );
  // bulkWrite is sent to "admin" and names the databases itself.
  const isElsewhere = isEnding || command.isAdminOnly || command.access === "login";
  if (!isElsewhere && ["admin", "config", "local"].includes(generic.database))
    throw new MongoError(
      "OperationNotSupportedInTransaction",
      `Cannot run command against the '${generic.database}' database in a transaction.`,
    );
  if (isEnding && generic.startsTransaction)
    throw new MongoError(
      "OperationNotSupportedInTransaction",
      `Cannot run '${command.name}' as the first command of a transaction.`,
    );
  if (generic.writeConcern && !isEnding)
    throw new MongoError("InvalidOptions", "writeConcern is not allowed within a multi-statement transaction");
  const { readConcern } = generic;
  if (readConcern && !generic.startsTransaction)
    throw new MongoError("InvalidOptions", "Only the first command in a transaction may specify a readConcern");
  if (readConcern && !levelsOfTransactions.includes(readConcern.level))
    throw new MongoError(
      "InvalidOptions",
      "The readConcern level must be either 'local' (default), 'majority' or 'snapshot' in order to run in a transaction",
    );
}
