import fc from "fast-check";
import { BSON, type Document as Plain } from "mongodb";
import { expect } from "vitest";
import { MongoError } from "../errors/mongo-error.ts";
import { compileProjection } from "../project/projection.ts";
import { compileSort } from "../sort/sort-order.ts";
import { DateValue } from "../values/scalars.ts";
import { arbitraryDocument } from "./arbitrary-documents.ts";
import { arbitraryProjection } from "./arbitrary-projections.ts";
import type { Oracle } from "./oracle.ts";
import { fromPlain, toExtendedJson } from "./plain.ts";

const options = { now: new DateValue(0) };

async function fill(oracle: Oracle, name: string, documents: readonly Plain[]) {
  const collection = oracle.client.db("finds").collection<Plain>(name);
  await collection.deleteMany({});
  await collection.insertMany([...documents]);
  return collection;
}

/** Projects 60 documents by `runs` projections, here and there. @throws what vitest's `expect` throws where the two differ */
export async function compareProjections(oracle: Oracle, runs: number): Promise<void> {
  const documents = fc.sample(arbitraryDocument, 60).map((document, _id): Plain => ({ _id, ...document }));
  const collection = await fill(oracle, "projected", documents);
  await fc.assert(
    fc.asyncProperty(arbitraryProjection, async (projection) => {
      const found = collection.find({}, { projection, sort: { _id: 1 } }).toArray();
      const theirs = await found.then(
        (all) => all.map((each) => BSON.EJSON.stringify(each, { relaxed: false })),
        ({ code }) => [refusal(Number(code))],
      );
      const ours = project(documents, projection);
      for (const [at, result] of ours.entries()) {
        if (result !== theirs[at])
          expect({ projection, document: documents[at], result }).toEqual({ result: theirs[at] });
      }
    }),
    { numRuns: runs },
  );
}

// Which of two mistakes is told first is open: paths that collide, or inclusion beside exclusion.
const ofPaths = [31249, 31250, 31253, 31254];
const refusal = (code: number): string => (ofPaths.includes(code) ? "error of paths" : `error ${code}`);

function project(documents: readonly Plain[], plain: Plain): readonly string[] {
  try {
    const projection = compileProjection(fromPlain(plain), options);
    return documents.map((document) => toExtendedJson(projection.apply(fromPlain(document))));
  } catch (error) {
    if (error instanceof MongoError) return [refusal(error.code)];
    throw error;
  }
}

// An oracle sorts an empty array as null, the manual below it ("Comparison/Sort Order", Arrays); indexes as fields of arrays it does not take.
const sortPath = fc.constantFrom("a", "b", "c", "a.b", "b.a", "c.a", "a.b.c");
// Nor does it take the parts of a sort from one element of an array: where there are arrays, sorts have one part.
const hasArray = (value: unknown): boolean => JSON.stringify(value).includes("[");
const hasEmptyArray = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length === 0 || value.some(hasEmptyArray)
    : typeof value === "object" && value !== null && Object.values(value).some(hasEmptyArray);

/** Sorts 100 documents by `runs` sorts there; here, no document may come before the one it follows. @throws as above */
export async function compareSorts(oracle: Oracle, runs: number): Promise<void> {
  const sample = fc.sample(
    arbitraryDocument.filter((document) => !hasEmptyArray(document)),
    100,
  );
  const documents = sample.map((document, _id): Plain => ({ _id, ...document }));
  const collection = await fill(oracle, "sorted", documents);
  const entries = fc.uniqueArray(fc.tuple(sortPath, fc.constantFrom(1, -1)), {
    minLength: 1,
    maxLength: 3,
    selector: ([name]) => name,
  });
  await fc.assert(
    fc.asyncProperty(entries, async (parts) => {
      const sort = Object.fromEntries(parts);
      const order = compileSort(fromPlain(sort));
      const sortable = documents.filter((document) => parts.length === 1 || !hasArray(document));
      const found = await collection.find({ _id: { $in: sortable.map(({ _id }) => _id) } }, { sort }).toArray();
      for (const [at, document] of found.slice(1).entries()) {
        const before = found[at] ?? {};
        if (order.compare(fromPlain(before), fromPlain(document)) > 0)
          expect({ sort, before, document }).toBe("in this order");
      }
    }),
    { numRuns: runs },
  );
}
