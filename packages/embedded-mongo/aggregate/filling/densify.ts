import { MongoError } from "../../errors/mongo-error.ts";
import { compileSort } from "../../sort/sort-order.ts";
import { compareValues } from "../../values/compare.ts";
import { Document, type Value } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import { readPath } from "../expressions/field-path.ts";
import { isNullish } from "../expressions/values.ts";
import { compilerOf } from "../stages/compiler.ts";
import { inBatches } from "../stages/flow.ts";
import type { StageCompiler } from "../stages/stage.ts";
import { setPath } from "../stages/unwind.ts";
import { sortedPartitions } from "../windows/partitions.ts";
import { type Densify, readDensify } from "./densify-specification.ts";
import { checkValue, stepFrom } from "./steps.ts";

// What one stage may make (the server's parameter internalQueryMaxAllowedDensifyDocs).
const mostDocuments = 500_000;

interface Ends {
  readonly from: Value;
  readonly to: Value;
}

/** `$densify`: documents for values of a field that a sequence of steps has and the documents have not. */
export const compileDensify: StageCompiler = (argument, context) => {
  const densify = readDensify(argument);
  const { partitionFields, field } = densify;
  const partitionBy = compilerOf(context).compile(
    Document.from(partitionFields.map((path, index): [string, Value] => [String(index), `$${path}`])),
  );
  const order = compileSort(Document.from([[field.join("."), int32(1)]]), context.collation);
  return {
    async *run(source) {
      let made = 0;
      const count = (document: Document) => {
        if (++made > mostDocuments) {
          throw new MongoError(
            5897900,
            `Generated ${made} documents in $densify, which is over the limit of ${mostDocuments}`,
          );
        }
        return document;
      };
      const partitions: (readonly Document[])[] = [];
      let ends: Ends | undefined;
      for await (const documents of sortedPartitions(source, partitionBy, order, context, "$densify")) {
        // "full" needs the least and the greatest value of all partitions first.
        if (densify.bounds === "full") {
          partitions.push(documents);
          ends = widen(ends, documents, densify);
        } else yield* inBatches(fillPartition(documents, densify, endsOf(documents, densify), count));
      }
      for (const documents of partitions) yield* inBatches(fillPartition(documents, densify, ends, count));
    },
  };
};

const fieldOf = (document: Document | undefined, { field }: Densify): Value | undefined => readPath(document, field);

function endsOf(documents: readonly Document[], densify: Densify): Ends | undefined {
  const { bounds } = densify;
  if (typeof bounds === "object") return { from: bounds[0], to: bounds[1] };
  const values = documents.map((document) => fieldOf(document, densify)).filter((value) => !isNullish(value));
  const [from, to] = [values[0], values.at(-1)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

function widen(ends: Ends | undefined, documents: readonly Document[], densify: Densify): Ends | undefined {
  const own = endsOf(documents, { ...densify, bounds: "partition" });
  if (!ends || !own) return ends ?? own;
  return {
    from: compareValues(own.from, ends.from) < 0 ? own.from : ends.from,
    to: compareValues(own.to, ends.to) > 0 ? own.to : ends.to,
  };
}

/** Documents without the field come first and stay. A range ends before its upper bound; that of the documents' own values is one of them. */
function* fillPartition(
  documents: readonly Document[],
  densify: Densify,
  ends: Ends | undefined,
  count: (document: Document) => Document,
): Generator<Document> {
  const [example] = documents;
  const isRange = typeof densify.bounds === "object";
  let number = 0;
  let next = ends && stepFrom(ends.from, densify, 0);
  const advance = () => {
    number++;
    next = ends && stepFrom(ends.from, densify, number);
  };
  const isDue = (limit: Value | undefined): boolean => {
    if (!ends || next === undefined) return false;
    if (isRange ? compareValues(next, ends.to) >= 0 : compareValues(next, ends.to) > 0) return false;
    return limit === undefined || compareValues(next, limit) < 0;
  };
  for (const document of documents) {
    const value = fieldOf(document, densify);
    if (!isNullish(value)) {
      checkValue(value, densify);
      for (; isDue(value); advance()) if (next !== undefined) yield count(make(example, densify, next));
      if (next !== undefined && compareValues(next, value) === 0) advance();
    }
    yield document;
  }
  for (; isDue(undefined); advance()) if (next !== undefined) yield count(make(example, densify, next));
}

/** A new document has the partition's fields and the value. */
function make(example: Document | undefined, { partitionFields, field }: Densify, value: Value): Document {
  let made = Document.of(new Map());
  for (const path of partitionFields) {
    const names = path.split(".");
    made = setPath(made, names, readPath(example, names));
  }
  return setPath(made, field, value);
}
