import { prepareInsert } from "../../commands/crud/prepare-insert.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { duplicateKey } from "../../storage/duplicate-key.ts";
import type { CollectionWriter, StoredRecord } from "../../storage/store.ts";
import { equalValues } from "../../values/compare.ts";
import { Document, type Value } from "../../values/document.ts";
import { encodeDocument } from "../../values/encode.ts";
import type { Result } from "../expressions/expression.ts";
import { readPath } from "../expressions/field-path.ts";
import { compilerOf } from "../stages/compiler.ts";
import type { StageCompiler, StageContext } from "../stages/stage.ts";
import { compileUpdatePipeline } from "../update-pipeline.ts";
import { findByFields, joinValues, uniqueIndexOn } from "./find-by-fields.ts";
import { type Merge, readMerge } from "./merge-specification.ts";
import { openTarget } from "./target.ts";

/** `$merge`: writes the documents into a collection, each batch at once. */
export const compileMerge: StageCompiler = (argument, context) => {
  const merge = readMerge(argument, context.namespace.database, compilerOf(context));
  return {
    isWriter: true,
    async *run(source) {
      const write = openTarget(context, merge.into);
      const index = uniqueIndexOn(context.info(merge.into), merge.on);
      for await (const batch of source) {
        await write((writer) => {
          const collection = writer.openOrCreate(merge.into);
          for (const document of batch) mergeOne(prepared(document, merge, context), index, collection, merge, context);
        });
      }
    },
  };
};

/** With an `_id` where one is needed to be found by. */
const prepared = (document: Document, { on }: Merge, context: StageContext): Document =>
  on.includes("_id") && !document.has("_id") ? prepareInsert(document, context.now.ms) : document;

function mergeOne(
  document: Document,
  index: string,
  collection: CollectionWriter,
  merge: Merge,
  context: StageContext,
): void {
  const found = findByFields(collection, index, merge.on, joinValues(document, merge.on));
  if (found) updateOne(found, document, index, collection, merge, context);
  else insertOne(document, collection, merge, context);
}

function insertOne(document: Document, collection: CollectionWriter, merge: Merge, context: StageContext): void {
  if (merge.whenNotMatched === "discard") return;
  if (merge.whenNotMatched === "fail") {
    throw new MongoError(
      "MergeStageNoMatchingDocument",
      "$merge could not find a matching document in the target collection for at least one document in the source collection",
    );
  }
  const ready = prepareInsert(document, context.now.ms);
  context.validate?.(collection.info, ready);
  collection.insert(ready);
}

function updateOne(
  { id, document: before }: StoredRecord,
  document: Document,
  index: string,
  collection: CollectionWriter,
  merge: Merge,
  context: StageContext,
): void {
  if (merge.whenMatched === "keepExisting") return;
  if (merge.whenMatched === "fail") throw alreadyThere(before, index, collection);
  const after = withIdOf(before, changed(before, document, merge, context));
  if (encodeDocument(after).equals(encodeDocument(before))) return;
  context.validate?.(collection.info, after);
  collection.replace(id, before, after);
}

/** What the insertion would have failed with. */
function alreadyThere(before: Document, indexName: string, { info }: CollectionWriter): MongoError {
  const context = "$merge with whenMatched: fail found an existing document with the same values for the 'on' fields";
  const index = info.indexes.find(({ name }) => name === indexName);
  if (!index) return new MongoError("DuplicateKey", context);
  const row = index.key.map(([path]) => readPath(before, path.split(".")));
  const { message, fields } = duplicateKey(info.namespace, index, row);
  return new MongoError("DuplicateKey", `${context} :: caused by :: ${message}`, fields);
}

function changed(before: Document, document: Document, merge: Merge, context: StageContext): Document {
  const { whenMatched } = merge;
  switch (whenMatched) {
    case "replace":
      return document;
    case "merge":
      return Document.of(new Map([...before.fields(), ...document.fields()]));
    case "fail":
    case "keepExisting":
      return before;
    default:
      return runOn(before, document, whenMatched, merge, context);
  }
}

/** The pipeline sees the document that comes as `$$new`. */
function runOn(
  before: Document,
  document: Document,
  stages: readonly Document[],
  merge: Merge,
  context: StageContext,
): Document {
  const constants = new Map<string, Result>([...(context.constants ?? []), ["new", document]]);
  for (const [name, expression] of merge.let) constants.set(name, expression(document, undefined));
  const { options } = compilerOf(context);
  return compileUpdatePipeline(stages, { ...options, constants })(before);
}

/** The `_id` stays and comes first. @throws MongoError ImmutableField when it would change */
function withIdOf(before: Document, after: Document): Document {
  const [id, other] = [before.get("_id") ?? null, after.get("_id")];
  if (other !== undefined && !equalValues(id, other)) {
    throw new MongoError(
      "ImmutableField",
      "$merge failed to update the matching document, did you attempt to modify the _id or the shard key? :: caused by :: Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  const fields = new Map<string, Value>([["_id", id]]);
  for (const [name, value] of after.fields()) if (name !== "_id") fields.set(name, value);
  return Document.of(fields);
}
