import type { Command } from "../commands/command.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { Document } from "../values/document.ts";
import { type GenericFields, genericFieldNames } from "./generic-fields.ts";
import type { Server } from "./server.ts";
import { checkStandaloneConcern } from "./write-concern.ts";

/** The rules that are the same for every command. @throws MongoError */
export function checkRequest(server: Server, command: Command, request: Document, generic: GenericFields): void {
  if (command.isAdminOnly && generic.database !== "admin")
    throw new MongoError("Unauthorized", `${command.name} may only be run against the admin database.`);
  if (command.fields) checkFields(command, command.fields, request);
  if (server.replicaSet) checkIsPrimary(server, command, generic);
  else checkStandalone(generic);
  if (generic.isInTransaction) checkTransaction(command, generic);
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
function checkIsPrimary({ replicaSet }: Server, command: Command, { database }: GenericFields): void {
  if (replicaSet?.configuration || database === "local") return;
  if (command.isWrite) throw new MongoError("NotWritablePrimary", "not primary");
  if (command.access === "read")
    throw new MongoError("NotPrimaryOrSecondary", "node is not in primary or recovering state");
}

function checkStandalone(generic: GenericFields): void {
  if (generic.transactionNumber !== undefined)
    throw new MongoError("IllegalOperation", "Transaction numbers are only allowed on a replica set member or mongos");
  if (generic.readConcern?.level === "snapshot")
    throw new MongoError("NotAReplicaSet", "node needs to be a replica set member to use readConcern: snapshot");
  if (generic.writeConcern) checkStandaloneConcern(generic.writeConcern);
}

const levelsOfTransactions: readonly string[] = ["local", "majority", "snapshot"];

function checkTransaction(command: Command, generic: GenericFields): void {
  const isEnding = command.name === "commitTransaction" || command.name === "abortTransaction";
  if (!isEnding && !command.isAllowedInTransaction)
    throw new MongoError(
      "OperationNotSupportedInTransaction",
      `Cannot run '${command.name}' in a multi-document transaction.`,
    );
  if (!isEnding && ["admin", "config", "local"].includes(generic.database) && command.access !== "login")
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
