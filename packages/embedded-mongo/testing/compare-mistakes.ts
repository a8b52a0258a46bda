import fc from "fast-check";
import type { Document as Plain } from "mongodb";
import { expect } from "vitest";
import { runPipeline } from "../aggregate/testing/memory-context.ts";
import { MongoError } from "../errors/mongo-error.ts";
import { compileMatcher } from "../match/matcher.ts";
import { parseFilter } from "../match/parse-filter.ts";
import { compileUpdate } from "../update/update.ts";
import { DateValue } from "../values/scalars.ts";
import { arbitraryDocument } from "./arbitrary-documents.ts";
import { arbitraryMistakenFilter, arbitraryMistakenStage, arbitraryMistakenUpdate } from "./arbitrary-mistakes.ts";
import type { Oracle } from "./oracle.ts";
import { fromPlain } from "./plain.ts";
import { isSameRefusal, type Refusal } from "./same-refusal.ts";

const options = { now: new DateValue(0) };
const casesEach = 30;

/**
 * Gives operators `runs` times 30 operands that most of them refuse, here and there: where both refuse, the codes are the same.
 * @throws what vitest's `expect` throws where they differ
 */
export async function compareMistakes({ client }: Oracle, runs: number): Promise<void> {
  const collection = client.db("mistakes").collection<Plain>("c");
  const documents = fc.sample(arbitraryDocument, 10).map((document, _id): Plain => ({ _id, ...document }));
  await collection.deleteMany({});
  await collection.insertMany(documents);
  const ours = documents.map(fromPlain);
  const many = (arbitrary: fc.Arbitrary<Plain>) => fc.array(arbitrary, { minLength: 1, maxLength: casesEach });
  await fc.assert(
    fc.asyncProperty(many(arbitraryMistakenFilter), many(arbitraryMistakenStage), async (filters, stages) => {
      const filtered = filters.map(async (filter) => {
        const theirs = await refusalOf(() => collection.find(filter).toArray());
        const mine = await refusalOf(() => {
          const matcher = compileMatcher(parseFilter(fromPlain(filter), options), options);
          for (const document of ours) matcher.matches(document);
        });
        expectSame(filter, mine, theirs);
      });
      const staged = stages.map(async (stage) => {
        const theirs = await refusalOf(() => collection.aggregate([stage]).toArray());
        expectSame(stage, await refusalOf(() => runPipeline([fromPlain(stage)], { c: ours })), theirs);
      });
      await Promise.all([...filtered, ...staged]);
    }),
    { numRuns: runs },
  );
  await compareMistakenUpdates(client.db("mistakes"), runs);
}

async function compareMistakenUpdates(database: ReturnType<Oracle["client"]["db"]>, runs: number): Promise<void> {
  const collection = database.collection<Plain>("u");
  const cases = fc.array(fc.tuple(arbitraryDocument, arbitraryMistakenUpdate), { minLength: 1, maxLength: casesEach });
  await fc.assert(
    fc.asyncProperty(cases, async (pairs) => {
      await collection.deleteMany({});
      await collection.insertMany(pairs.map(([document], _id): Plain => ({ _id, ...document })));
      const updates = pairs.map(([, u], _id) => ({ q: { _id }, u }));
      const { writeErrors = [] } = await database.command({ update: "u", ordered: false, updates });
      const theirs = new Map<number, number>(writeErrors.map((each: Plain) => [Number(each.index), Number(each.code)]));
      for (const [_id, [document, update]] of pairs.entries()) {
        const mine = await refusalOf(() =>
          compileUpdate(fromPlain(update), options).apply(fromPlain({ _id, ...document })),
        );
        expectSame(update, mine, theirs.get(_id));
      }
    }),
    { numRuns: runs },
  );
}

function expectSame(mistake: Plain, ours: Refusal, theirs: Refusal): void {
  const [outer = ""] = Object.keys(mistake);
  const operator = outer.startsWith("$") ? outer : (Object.keys(mistake[outer])[0] ?? "");
  if (!isSameRefusal(operator, ours, theirs)) expect({ mistake, code: ours }).toEqual({ mistake, code: theirs });
}

async function refusalOf(attempt: () => unknown): Promise<Refusal> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    if (error instanceof MongoError) return error.code;
    if (error instanceof Error && "code" in error) return Number(error.code);
    throw error;
  }
}
