import { MongoError } from "../../errors/mongo-error.ts";
import type { Namespace } from "../../storage/store.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toInteger } from "../../values/convert-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Expression } from "../expressions/expression.ts";
import { parsePath, readPath } from "../expressions/field-path.ts";
import { typeName } from "../expressions/values.ts";
import { Memory } from "../spill/memory.ts";
import { sizeOf } from "../spill/size-of.ts";
import { argumentFields } from "../stages/argument-fields.ts";
import { compilerOf } from "../stages/compiler.ts";
import type { StageCompiler, StageContext } from "../stages/stage.ts";
import { setPath } from "../stages/unwind.ts";
import { valueKey } from "../value-key.ts";
import { ForeignDocuments } from "./foreign-documents.ts";

interface GraphLookup {
  readonly from: Namespace;
  readonly as: readonly string[];
  readonly startWith: Expression;
  readonly connectFrom: readonly string[];
  readonly connectTo: string;
  readonly maxDepth: number;
  readonly depthField: readonly string[] | undefined;
  readonly restrict: readonly Document[];
}

const known = [
  "from",
  "startWith",
  "connectFromField",
  "connectToField",
  "as",
  "maxDepth",
  "depthField",
  "restrictSearchWithMatch",
];

/** `$graphLookup`: what can be reached from a value in any number of steps, level by level, each document once. */
export const compileGraphLookup: StageCompiler = (argument, context) => {
  const graph = readGraphLookup(argument, context);
  return {
    async *run(source) {
      const foreign = new ForeignDocuments(context, graph.from, graph.connectTo, graph.restrict);
      for await (const batch of source) {
        const joined: Document[] = [];
        for (const document of batch) {
          joined.push(setPath(document, graph.as, await search(document, graph, foreign, context)));
          context.check();
        }
        yield joined;
      }
    },
  };
};

async function search(
  document: Document,
  graph: GraphLookup,
  foreign: ForeignDocuments,
  context: StageContext,
): Promise<readonly Document[]> {
  const memory = new Memory(context, "$graphLookup");
  const found = new Map<string, Document>();
  const asked = new Set<string>();
  const fresh = (values: readonly Value[]) =>
    values.filter((value) => {
      const key = valueKey(value, context.collation);
      return !asked.has(key) && asked.add(key);
    });
  let frontier = fresh(elements(graph.startWith(document, undefined)));
  for (let depth = 0; depth <= graph.maxDepth && frontier.length > 0; depth++) {
    const table = await foreign.tableFor(frontier);
    const next: Value[] = [];
    for (const reached of table.find(frontier)) {
      const id = valueKey(reached.get("_id"));
      if (found.has(id)) continue;
      memory.hold(sizeOf(reached));
      found.set(id, graph.depthField ? setPath(reached, graph.depthField, BigInt(depth)) : reached);
      next.push(...elements(readPath(reached, graph.connectFrom)));
    }
    frontier = fresh(next);
    await context.pause();
  }
  return [...found.values()];
}

/** A field that is not there leads nowhere; null leads to null. */
const elements = (value: Value | undefined): readonly Value[] =>
  isArray(value) ? value : value === undefined ? [] : [value];

function readGraphLookup(argument: Value, context: StageContext): GraphLookup {
  const fields = argumentFields(argument, "$graphLookup", known, { unknown: 40104 });
  const text = (name: string): string | undefined => {
    const value = fields.get(name);
    if (value === undefined || typeof value === "string") return value;
    throw new MongoError(
      name === "from" ? "FailedToParse" : 40103,
      `expected string as argument for ${name}, found: ${typeName(value)}`,
    );
  };
  const [from, as, connectFrom, connectTo] = ["from", "as", "connectFromField", "connectToField"].map(text);
  const startWith = fields.get("startWith");
  if (
    from === undefined ||
    as === undefined ||
    connectFrom === undefined ||
    connectTo === undefined ||
    startWith === undefined
  ) {
    throw new MongoError(
      40105,
      "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.",
    );
  }
  parsePath(connectTo);
  const depthField = text("depthField");
  return {
    from: { database: context.namespace.database, collection: from },
    as: parsePath(as),
    startWith: compilerOf(context).compile(startWith),
    connectFrom: parsePath(connectFrom),
    connectTo,
    maxDepth: readDepth(fields.get("maxDepth")),
    depthField: depthField === undefined ? undefined : parsePath(depthField),
    restrict: readRestriction(fields.get("restrictSearchWithMatch")),
  };
}

function readDepth(value: Value | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (!isNumber(value)) throw new MongoError(40100, `maxDepth must be numeric, found type: ${typeName(value)}`);
  const depth = toInteger(value);
  if (depth === undefined) throw new MongoError(40102, "maxDepth could not be represented as a long long");
  if (depth < 0n) throw new MongoError(40101, `maxDepth requires a nonnegative argument, found: ${depth}`);
  return Number(depth);
}

function readRestriction(value: Value | undefined): readonly Document[] {
  if (value === undefined) return [];
  if (value instanceof Document) return [Document.from([["$match", value]])];
  throw new MongoError(40185, `restrictSearchWithMatch must be an object, found ${typeName(value)}`);
}
