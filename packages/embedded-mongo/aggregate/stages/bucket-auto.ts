import { MongoError } from "../../errors/mongo-error.ts";
import { compareValues } from "../../values/compare.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble, toInteger } from "../../values/convert-numbers.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { typeName } from "../expressions/values.ts";
import { ExternalSort } from "../spill/external-sort.ts";
import { argumentFields } from "./argument-fields.ts";
import { checkGroupBy, outputOf } from "./bucket.ts";
import { compilerOf } from "./compiler.ts";
import { inBatches } from "./flow.ts";
import { type GroupField, readFields } from "./group.ts";
import { type Granularity, granularityOf } from "./preferred-numbers.ts";
import type { StageCompiler } from "./stage.ts";

/** `$bucketAuto`: as many buckets with about as many documents each. */
export const compileBucketAuto: StageCompiler = (argument, context) => {
  const fields = argumentFields(argument, "$bucketAuto", ["groupBy", "buckets", "output", "granularity"], {
    notObject: 40240,
    unknown: 40245,
  });
  const [groupBy, wanted] = [fields.get("groupBy"), fields.get("buckets")];
  if (groupBy === undefined || wanted === undefined) {
    throw new MongoError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.");
  }
  checkGroupBy(groupBy, 40239);
  const buckets = readBuckets(wanted);
  const granularity = readGranularity(fields.get("granularity"));
  const compiler = compilerOf(context);
  const expression = compiler.compile(groupBy);
  const outputs = readFields(Document.of(new Map(outputOf(fields.get("output"), 40244))), compiler);
  const compare = (left: Value, right: Value) => compareValues(left, right, context.collation?.compare);
  return {
    async *run(source) {
      const order = { compare, save: (key: Value) => key, load: (key: Value) => key };
      const sort = new ExternalSort<Value>(order, context, "$bucketAuto");
      try {
        let count = 0;
        for await (const batch of source) {
          for (const document of batch) {
            const value = expression(document, undefined) ?? null;
            if (granularity) checkNumber(value);
            sort.add(value, document);
            count++;
          }
        }
        const rows = (function* () {
          for (const document of sort.sorted()) yield { value: expression(document, undefined) ?? null, document };
        })();
        yield* inBatches(fill({ rows, count, buckets, outputs, granularity, compare }));
      } finally {
        sort.close();
      }
    },
  };
};

function readBuckets(value: Value): number {
  if (!isNumber(value))
    throw new MongoError(
      40241,
      `The $bucketAuto 'buckets' field must be a numeric value, but found type: ${typeName(value)}`,
    );
  const buckets = toInteger(value);
  if (buckets === undefined)
    throw new MongoError(40242, "The $bucketAuto 'buckets' field must be representable as a 32-bit integer");
  if (buckets <= 0n)
    throw new MongoError(40243, `The $bucketAuto 'buckets' field must be greater than 0, but found: ${buckets}`);
  return Number(buckets);
}

function readGranularity(value: Value | undefined): Granularity | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string")
    throw new MongoError(
      40261,
      `The $bucketAuto 'granularity' field must be a string, but found type: ${typeName(value)}`,
    );
  return granularityOf(value);
}

function checkNumber(value: Value): void {
  if (!isNumber(value))
    throw new MongoError(
      40258,
      `$bucketAuto can specify a 'granularity' with numeric boundaries only, but found a value with type: ${typeName(value)}`,
    );
  const number = toDouble(value);
  if (Number.isNaN(number))
    throw new MongoError(
      40259,
      "$bucketAuto can specify a 'granularity' with numeric boundaries only, but found a NaN",
    );
  if (number < 0)
    throw new MongoError(
      40260,
      "$bucketAuto can specify a 'granularity' with non-negative numbers only, but found a negative number",
    );
}

interface Row {
  readonly value: Value;
  readonly document: Document;
}

interface Filling {
  readonly rows: Iterator<Row>;
  readonly count: number;
  readonly buckets: number;
  readonly outputs: readonly GroupField[];
  readonly granularity: Granularity | undefined;
  compare(left: Value, right: Value): number;
}

function* fill({ rows, count, buckets, outputs, granularity, compare }: Filling): Generator<Document> {
  const size = Math.max(1, Math.round(count / buckets));
  let current = rows.next();
  let least: Value | undefined;
  for (let number = 1; !current.done; number++) {
    const states = outputs.map(([, factory]) => factory.start(emptyDocument));
    let max: Value = current.value.value;
    const from = least ?? (granularity && isNumber(max) ? granularity.down(toDouble(max)) : max);
    const take = ({ value, document }: Row) => {
      max = value;
      for (const [index, [, factory]] of outputs.entries()) states[index]?.add(factory.input(document, undefined));
      current = rows.next();
    };
    for (let taken = 0; !current.done && (taken < size || number === buckets); taken++) take(current.value);
    const edge: Value = granularity && isNumber(max) ? granularity.up(toDouble(max)) : max;
    while (
      !current.done &&
      (granularity ? compare(edge, current.value.value) > 0 : compare(edge, current.value.value) === 0)
    ) {
      take(current.value);
    }
    // A bucket ends where the next one begins.
    const end: Value = granularity ? edge : current.done ? max : current.value.value;
    least = end;
    yield Document.from([
      [
        "_id",
        Document.from([
          ["min", from],
          ["max", end],
        ]),
      ],
      ...outputs.map(([name], index) => [name, states[index]?.result() ?? null] as const),
    ]);
  }
}
