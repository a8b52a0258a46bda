import fc from "fast-check";
import { BSON, type Document as Plain } from "mongodb";
import { expect } from "vitest";
import { MongoError } from "../../errors/mongo-error.ts";
import { arbitraryDocument } from "../../testing/arbitrary-documents.ts";
import type { Oracle } from "../../testing/oracle.ts";
import { fromPlain, toExtendedJson } from "../../testing/plain.ts";
import { isSameRefusal } from "../../testing/same-refusal.ts";
import { arbitraryPipeline } from "./arbitrary-pipelines.ts";
import { runPipeline } from "./memory-context.ts";

const pipelinesEach = 8;

/**
 * Runs random pipelines over random documents here and there; where the oracle gives documents, they have to be the same, and where both refuse,
 * the codes. What the oracle alone refuses is not compared: it looks at operands that MongoDB does not reach.
 */
export async function comparePipelines({ client }: Oracle, runs: number): Promise<void> {
  const collection = client.db("pipelines").collection<Plain>("c");
  const documents = fc.array(arbitraryDocument, { minLength: 1, maxLength: 6 });
  const pipelines = fc.array(arbitraryPipeline, { minLength: pipelinesEach, maxLength: pipelinesEach });
  await fc.assert(
    fc.asyncProperty(documents, pipelines, async (list, tried) => {
      const stored = list.map((document, index) => ({ _id: index, ...document }));
      await collection.deleteMany({});
      await collection.insertMany(stored as Plain[]);
      for (const pipeline of tried) {
        const theirs = await collection
          .aggregate(pipeline, { promoteValues: false })
          .toArray()
          .catch((error) => Number(error.code));
        const text = BSON.EJSON.stringify(pipeline);
        if (typeof theirs === "number") {
          const code = await codeOf(stored, pipeline);
          if (!isRefusedAlike(text, code, theirs)) expect(code, text).toBe(theirs);
          continue;
        }
        // The manual leaves the order of what set operators give open.
        const order = /"\$set(Union|Intersection|Difference)"/.test(text) ? withoutOrder : (each: string) => each;
        const expected = shown(theirs.map((document) => BSON.EJSON.stringify(document, { relaxed: false })));
        expect((await ours(stored, pipeline)).map(order), text).toEqual(expected.map(order));
      }
    }),
    { numRuns: runs },
  );
}

// What else may be refused in such a pipeline, by the code of it.
const refusing: ReadonlyMap<number, RegExp> = new Map([
  [14, /"\$(add|subtract|multiply)"/],
  [16883, /"\$map"/],
  [17042, /"\$setIsSubset"/],
  [17043, /"\$setUnion"/],
  [17046, /"\$setIsSubset"/],
  [17047, /"\$setIntersection"/],
  [17048, /"\$setDifference"/],
  [17049, /"\$setDifference"/],
  [17124, /"\$size"/],
  [28651, /"\$filter"/],
  [28664, /"\$concatArrays"/],
  [28689, /"\$(first|last|arrayElemAt)"/],
  [28690, /"\$arrayElemAt"/],
  [28691, /"\$arrayElemAt"/],
  [28765, /"\$(abs|ceil)"/],
  [34435, /"\$reverseArray"/],
  [40081, /"\$in"/],
  [40390, /"\$objectToArray"/],
  [40400, /"\$mergeObjects"/],
]);

/** Which operand is looked at first is nowhere specified: another code has to be of another operator of the pipeline. */
function isRefusedAlike(pipeline: string, ours: number | undefined, theirs: number): boolean {
  if (ours === undefined || ours === theirs || isSameRefusal("$setIsSubset", ours, theirs)) return true;
  const [mine, other] = [refusing.get(ours), refusing.get(theirs)];
  return mine?.test(pipeline) !== false && other?.test(pipeline) !== false;
}

async function codeOf(stored: readonly Plain[], pipeline: readonly Plain[]): Promise<number | undefined> {
  try {
    await runPipeline(pipeline.map(fromPlain), { c: stored.map(fromPlain) });
    return undefined;
  } catch (error) {
    if (error instanceof MongoError) return error.code;
    throw error;
  }
}

async function ours(stored: readonly Plain[], pipeline: readonly Plain[]): Promise<readonly string[]> {
  try {
    const results = await runPipeline(pipeline.map(fromPlain), { c: stored.map(fromPlain) });
    return shown(results.map(toExtendedJson));
  } catch (error) {
    if (error instanceof MongoError) return [`refused with ${error.code}: ${error.message}`];
    throw error;
  }
}

/** Without what servers may do as they like: the order of groups and of computed fields, zeros at the end of a decimal sum, the exponent of a zero. */
function shown(documents: readonly string[]): readonly string[] {
  return documents
    .map((text) => {
      const fields = Object.entries(JSON.parse(text)).sort(([a], [b]) => (a < b ? -1 : 1));
      return JSON.stringify(Object.fromEntries(fields))
        .replace(/("\$numberDecimal":"-?\d+)\.0*"/g, '$1"')
        .replace(/("\$numberDecimal":"-?0)E[+-]?\d+"/g, '$1"');
    })
    .sort();
}

/** The same with the elements of every array in one order. */
function withoutOrder(text: string): string {
  if (!text.startsWith("{")) return text;
  return JSON.stringify(
    JSON.parse(text, (_, value: unknown) =>
      Array.isArray(value)
        ? value
            .map((each) => JSON.stringify(each))
            .sort()
            .map((each): unknown => JSON.parse(each))
        : value,
    ),
  );
}
