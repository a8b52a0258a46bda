import { firstBatch, listSource } from "../../cursors/first-batch.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { wholeNumber } from "../../run/collection-statistics.ts";
import type { Namespace, Writer } from "../../storage/store.ts";
import { Document, type Value } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import { fullName, parseNamespace } from "../catalog/namespace-of.ts";
import type { Command } from "../command.ts";
import {
  optionalBoolean,
  optionalCount,
  optionalDocument,
  requiredDocuments,
  requiredString,
} from "../request-fields.ts";
import { type BulkOperation, readBulkOperation } from "./bulk-operation.ts";
import { deleteDocuments } from "./delete-documents.ts";
import { checkBatchSize } from "./insert.ts";
import { insertDocument } from "./insert-document.ts";
import { operating } from "./operation-options.ts";
import { updateDocuments } from "./update-documents.ts";
import { runStatements } from "./write-errors.ts";
import { type WriteRoom, writeRoom } from "./write-room.ts";

/** Inserts, updates and deletions in several collections at once (manual, "bulkWrite"). */
export const bulkWrite: Command = {
  name: "bulkWrite",
  access: (request, database) => [
    { access: "login", database },
    ...namespacesOf(request).map((each) => ({ access: "write", database: each.database }) as const),
  ],
  isAdminOnly: true,
  isWrite: true,
  isRetryableWrite: true,
  isAllowedInTransaction: true,
  fields: ["ops", "nsInfo", "ordered", "bypassDocumentValidation", "errorsOnly", "let", "cursor", "stmtIds"],
  help: "Writes to several collections.",
  async run(context, request) {
    const operations = requiredDocuments(request, "bulkWrite", "ops");
    checkBatchSize(operations.length);
    const namespaces = namespacesOf(request);
    const parsed = operations.map((each) => readBulkOperation(each, namespaces.length));
    const flag = (name: string) => optionalBoolean(request, "bulkWrite", name);
    const shared = operating(context, optionalDocument(request, "bulkWrite", "let"));
    const room = writeRoom(context, shared, flag("bypassDocumentValidation") ?? false);
    const isErrorsOnly = flag("errorsOnly") ?? false;
    let told: readonly Document[] = [];
    const whole = await context.write((writer) => {
      const { results, counts } = runAll(room, writer, namespaces, parsed, flag("ordered") ?? true);
      const failures = results.filter((each) => each.get("ok") === 0);
      told = isErrorsOnly ? failures : results;
      return wholeReply(told, failures.length, counts);
    });
    const cursor = optionalDocument(request, "bulkWrite", "cursor");
    const reply = await firstBatch(context, results, listSource(told), {
      batchSize: (cursor && optionalCount(cursor, "bulkWrite.cursor", "batchSize")) ?? told.length + 1,
    });
    return Document.of(new Map([...whole.fields(), ["cursor", reply.get("cursor") ?? null]]));
  },
};

const namespacesOf = (request: Document): readonly Namespace[] =>
  requiredDocuments(request, "bulkWrite", "nsInfo").map((each) =>
    parseNamespace(requiredString(each, "bulkWrite.nsInfo", "ns")),
  );

const results: Namespace = { database: "admin", collection: "$cmd.bulkWrite" };

/** With all results in one batch. */
const wholeReply = (told: readonly Document[], failures: number, counts: Results["counts"]): Document =>
  Document.from([
    [
      "cursor",
      Document.from([
        ["id", 0n],
        ["firstBatch", told],
        ["ns", fullName(results)],
      ]),
    ],
    ["nErrors", int32(failures)],
    ...[...counts].map(([name, count]) => [name, wholeNumber(count)] as const),
    ["ok", 1],
  ]);

interface Results {
  readonly results: readonly Document[];
  readonly counts: ReadonlyMap<string, number>;
}

function runAll(
  room: WriteRoom,
  writer: Writer,
  namespaces: readonly Namespace[],
  operations: readonly BulkOperation[],
  isOrdered: boolean,
): Results {
  const counts = new Map(["nInserted", "nMatched", "nModified", "nUpserted", "nDeleted"].map((name) => [name, 0]));
  const results = new Map<number, Document>();
  const errors = runStatements(operations, isOrdered, (operation, index) => {
    const namespace = namespaces[operation.place];
    if (!namespace) throw new MongoError("BadValue", `BulkWrite ops entry ${index} has an invalid nsInfo index.`);
    const outcome = runOne(room, writer, namespace, operation);
    for (const [name, count] of Object.entries(outcome.counts)) counts.set(name, (counts.get(name) ?? 0) + count);
    results.set(index, Document.from([["ok", 1], ["idx", int32(index)], ...outcome.fields]));
  });
  for (const error of errors) {
    const index = Number(indexOf(error));
    const rest = [...error.fields()].filter(([name]) => name !== "index");
    results.set(index, Document.from([["ok", 0], ["idx", int32(index)], ...rest, ["n", int32(0)]]));
  }
  return { results: [...results.entries()].sort(([a], [b]) => a - b).map(([, each]) => each), counts };
}

const indexOf = (error: Document): number => {
  const index = error.get("index");
  return typeof index === "object" && index !== null && "value" in index && typeof index.value === "number"
    ? index.value
    : 0;
};

interface Outcome {
  readonly fields: readonly (readonly [string, Value])[];
  readonly counts: Readonly<Record<string, number>>;
}

function runOne(room: WriteRoom, writer: Writer, namespace: Namespace, operation: BulkOperation): Outcome {
  switch (operation.kind) {
    case "insert":
      insertDocument(room, writer, namespace, operation.document);
      return { fields: [["n", int32(1)]], counts: { nInserted: 1 } };
    case "delete": {
      const { deleted } = deleteDocuments(room, writer, namespace, operation.statement);
      return { fields: [["n", wholeNumber(deleted)]], counts: { nDeleted: deleted } };
    }
    case "update": {
      const { matched, modified, inserted } = updateDocuments(room, writer, namespace, operation.statement);
      const fields: (readonly [string, Value])[] = [
        ["n", wholeNumber(inserted ? 1 : matched)],
        ["nModified", wholeNumber(modified)],
      ];
      if (inserted) fields.push(["upserted", Document.from([["_id", inserted.get("_id") ?? null]])]);
      return { fields, counts: { nMatched: matched, nModified: modified, nUpserted: inserted ? 1 : 0 } };
    }
  }
}
