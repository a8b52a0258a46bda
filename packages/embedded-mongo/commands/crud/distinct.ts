import type { Flow } from "../../aggregate/pipeline-context.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import { runPipeline } from "../../run/pipeline-room.ts";
import type { CommandContext } from "../../server/command-context.ts";
import { encodeKeyPart } from "../../storage/key-encoding.ts";
import type { Namespace } from "../../storage/store.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { splitPath, visitPath } from "../../values/path.ts";
import { namespaceOf } from "../catalog/namespace-of.ts";
import type { Command } from "../command.ts";
import { optionalDocument, requiredString } from "../request-fields.ts";
import { collationOf, operating } from "./operation-options.ts";
import { pipelineRoomOf } from "./pipeline-room-of.ts";

/** The distinct values of a field; of an array, its elements. */
export const distinct: Command = {
  name: "distinct",
  access: "read",
  isAllowedInTransaction: true,
  fields: ["key", "query", "collation", "hint"],
  help: "Lists the distinct values of a field.",
  async run(context, request) {
    const namespace = namespaceOf(context.database, request, "distinct");
    const key = requiredString(request, "distinct", "key");
    const values = await distinctValues(context, namespace, key, request);
    return Document.from([
      ["values", values],
      ["ok", 1],
    ]);
  },
};

/** The reply is one document: more than this does not fit. */
const maxBytes = 16_777_216;

async function distinctValues(
  context: CommandContext,
  namespace: Namespace,
  key: string,
  request: Document,
): Promise<readonly Value[]> {
  const collation =
    optionalDocument(request, "distinct", "collation") ?? inherited(context.reader().info(namespace)?.options);
  const strings = collationOf(collation);
  const path = splitPath(key);
  const found = new Map<string, Value>();
  let bytes = 0;
  for await (const documents of matching(context, namespace, request, collation)) {
    for (const document of documents) {
      visitPath(document, path, "elements", (value) => {
        // An array was visited element by element before it is visited itself.
        if (value === undefined || isArray(value)) return false;
        const id = encodeKeyPart(value, 1, strings).toString("latin1");
        if (!found.has(id)) {
          found.set(id, value);
          bytes += id.length;
        }
        return false;
      });
      if (bytes > maxBytes) throw new MongoError(17217, "distinct too big, 16mb cap");
    }
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

function matching(
  context: CommandContext,
  namespace: Namespace,
  request: Document,
  collation: Document | undefined,
): Flow {
  const filter = optionalDocument(request, "distinct", "query") ?? emptyDocument;
  const room = pipelineRoomOf(context, context.reader(), operating(context, undefined), {
    collation,
    allowDiskUse: true,
  });
  return runPipeline(room, namespace, [Document.from([["$match", filter]])], request.get("hint"));
}

function inherited(options: Document | undefined): Document | undefined {
  const collation = options?.get("collation");
  return collation instanceof Document ? collation : undefined;
}
