import { wholeNumber } from "../../run/collection-statistics.ts";
import { countRecords } from "../../run/count-records.ts";
import { runPipeline } from "../../run/pipeline-room.ts";
import { prepareQuery } from "../../run/prepare-query.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { CollectionReader, Namespace } from "../../storage/store.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toTruncated } from "../../values/convert-numbers.ts";
import { Document, emptyDocument } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import { namespaceOf } from "../catalog/namespace-of.ts";
import type { Command } from "../command.ts";
import { optionalCount, optionalDocument, optionalInteger } from "../request-fields.ts";
import { operating, queryOptions } from "./operation-options.ts";
import { pipelineRoomOf } from "./pipeline-room-of.ts";

/** Counts what matches. */
export const count: Command = {
  name: "count",
  access: "read",
  fields: ["query", "limit", "skip", "hint", "collation", "fields"],
  help: "Counts documents.",
  async run(context, request) {
    const namespace = namespaceOf(context.database, request, "count");
    const filter = optionalDocument(request, "count", "query") ?? emptyDocument;
    const reader = context.reader();
    const total =
      reader.info(namespace)?.kind === "view"
        ? await countView(context, namespace, filter, request)
        : await countCollection(context, reader.open(namespace), filter, request);
    return Document.from([
      ["n", wholeNumber(within(total, request))],
      ["ok", 1],
    ]);
  },
};

/** A negative limit means its amount, as ever. */
function within(total: number, request: Document): number {
  const skip = optionalCount(request, "count", "skip") ?? 0;
  const limit = Math.abs(Number(optionalInteger(request, "count", "limit") ?? 0n)) || Infinity;
  return Math.min(Math.max(0, total - skip), limit);
}

async function countCollection(
  context: CommandContext,
  collection: CollectionReader | undefined,
  filter: Document,
  request: Document,
): Promise<number> {
  if (!collection) return 0;
  const shared = operating(context, undefined);
  const options = queryOptions(shared, optionalDocument(request, "count", "collation"), collection.info);
  const query = prepareQuery({ filter, hint: request.get("hint") }, collection.info, options);
  let total = 0;
  for await (const found of countRecords(collection, query, context.operation)) total += found;
  return total;
}

async function countView(
  context: CommandContext,
  namespace: Namespace,
  filter: Document,
  request: Document,
): Promise<number> {
  const room = pipelineRoomOf(context, context.reader(), operating(context, undefined), {
    collation: optionalDocument(request, "count", "collation"),
    allowDiskUse: true,
  });
  const stages = [
    Document.from([["$match", filter]]),
    Document.from([
      [
        "$group",
        Document.from([
          ["_id", null],
          ["n", Document.from([["$sum", int32(1)]])],
        ]),
      ],
    ]),
  ];
  for await (const [first] of runPipeline(room, namespace, stages)) {
    const n = first?.get("n");
    if (isNumber(n)) return Number(toTruncated(n));
  }
  return 0;
}
