import type { Document as Plain } from "mongodb";
import { MongoError } from "../../errors/mongo-error.ts";
import { fromPlain, toExtendedJson } from "../../testing/plain.ts";
import { runPipeline } from "./memory-context.ts";

/** A pipeline over collection `c` and the documents it gives, or the code of its error. */
export type PipelineCase = readonly [pipeline: readonly Plain[], expected: readonly Plain[] | number];

/** Each pipeline with its results, as text that shows types and the order of fields. */
export async function resultsOf(
  collections: Readonly<Record<string, readonly Plain[]>>,
  cases: readonly PipelineCase[],
): Promise<readonly string[]> {
  const ours = Object.fromEntries(Object.entries(collections).map(([name, list]) => [name, list.map(fromPlain)]));
  const results: string[] = [];
  for (const [pipeline] of cases) {
    const result = await runPipeline(pipeline.map(fromPlain), ours).then(
      (documents) => documents.map(toExtendedJson).join("\n"),
      (error) => {
        if (error instanceof MongoError) return `refused with ${error.code}`;
        throw error;
      },
    );
    results.push(`${show(pipeline)}\n${result}`);
  }
  return results;
}

/** What the results have to be. */
export const expectedResults = (cases: readonly PipelineCase[]): readonly string[] =>
  cases.map(([pipeline, expected]) => {
    const result =
      typeof expected === "number"
        ? `refused with ${expected}`
        : expected.map((document) => toExtendedJson(fromPlain(document))).join("\n");
    return `${show(pipeline)}\n${result}`;
  });

const show = (pipeline: readonly Plain[]): string =>
  pipeline.map((stage) => toExtendedJson(fromPlain(stage))).join(", ");
