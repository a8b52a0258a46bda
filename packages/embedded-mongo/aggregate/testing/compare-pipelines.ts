import fc from "fast-check";
import { BSON, type Document as Plain } from "mongodb";
import { expect } from "vitest";
import { MongoError } from "../../errors/mongo-error.ts";
import { arbitraryDocument } from "../../testing/arbitrary-documents.ts";
import type { Oracle } from "../../testing/oracle.ts";
import { fromPlain, toExtendedJson } from "../../testing/plain.ts";
import { arbitraryPipeline } from "./arbitrary-pipelines.ts";
import { runPipeline } from "./memory-context.ts";

const pipelinesEach = 8;

/**
 * Runs random pipelines over random documents here and there; where the oracle gives documents, they have to be the same. What it refuses is not
 * compared: it looks at operands that MongoDB does not reach.
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
          .catch(() => undefined);
        if (!theirs) continue;
        const text = BSON.EJSON.stringify(pipeline);
        // The manual leaves the order of what set operators give open.
        const order = /"\$set(Union|Intersection|Difference)"/.test(text) ? withoutOrder : (each: string) => each;
        const expected = shown(theirs.map((document) => BSON.EJSON.stringify(document, { relaxed: false })));
        expect((await ours(stored, pipeline)).map(order), text).toEqual(expected.map(order));
      }
    }),
    { numRuns: runs },
  );
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
