import fc from "fast-check";
import {
  type Collection,
  type CreateIndexesOptions,
  type Db,
  MongoBulkWriteError,
  MongoServerError,
  type Document as Plain,
} from "mongodb";
import { expect } from "vitest";
import { arbitraryDocument, arbitraryPath, arbitraryScalar } from "../testing/arbitrary-documents.ts";
import { arbitraryFilter } from "../testing/arbitrary-filters.ts";

/** An index to answer queries with. `isPartly`: it leaves documents out, so that nobody may be forced to use it. */
export interface TestIndex {
  readonly key: Record<string, 1 | -1 | "hashed">;
  readonly options?: CreateIndexesOptions;
  readonly isPartly?: boolean;
  /** Queries have the index's collation. */
  readonly isAskedAlike?: boolean;
}

/** Indexes of all shapes whose use must not change a result. */
const testIndexes: readonly TestIndex[] = [
  { key: { a: 1 } },
  { key: { a: -1 } },
  { key: { a: 1, b: 1 } },
  { key: { a: 1, b: -1, c: 1 } },
  { key: { b: -1, "a.b": 1 } },
  { key: { "a.b": 1 } },
  { key: { "a.b": 1, "a.c": -1 } },
  { key: { a: "hashed" } },
  { key: { a: 1 }, options: { sparse: true }, isPartly: true },
  { key: { a: 1, b: 1 }, options: { sparse: true }, isPartly: true },
  { key: { a: 1 }, options: { partialFilterExpression: { b: { $gte: 1 } } }, isPartly: true },
  { key: { b: 1 }, options: { partialFilterExpression: { a: { $exists: true } } }, isPartly: true },
  { key: { a: 1 }, options: { collation: { locale: "en", strength: 2 } } },
  { key: { a: 1 }, options: { collation: { locale: "en", strength: 2 } }, isAskedAlike: true },
  { key: { b: 1, a: -1 }, options: { collation: { locale: "en", strength: 1 } }, isAskedAlike: true },
];

type Sort = [string, 1 | -1][];

const arbitrarySort = fc.uniqueArray(fc.tuple(arbitraryPath, fc.constantFrom<1 | -1>(1, -1)), {
  maxLength: 2,
  selector: ([path]) => path.split(".")[0],
});

/** Several values of one field: with a sort by another one, scans are merged. */
const arbitraryLists = fc
  .tuple(fc.constantFrom("a", "b"), fc.array(arbitraryScalar, { minLength: 2, maxLength: 4 }))
  .map(([path, values]): Plain => ({ [path]: { $in: values } }));

type Case = typeof arbitraryCase extends fc.Arbitrary<infer T> ? T : never;

/** Documents, and queries over them. */
export const arbitraryCase = fc.record({
  documents: fc.array(arbitraryDocument, { minLength: 1, maxLength: 14 }),
  filters: fc.array(fc.tuple(fc.oneof(arbitraryFilter, arbitraryLists), arbitrarySort), { minLength: 1, maxLength: 8 }),
  index: fc.constantFrom(...testIndexes),
});

/** Runs the queries with and without the index and expects the same results. */
export async function expectSameResults(db: Db, at: number, example: Case) {
  const { isAskedAlike, options } = example.index;
  const collection = isAskedAlike && options?.collation ? { collation: options.collation } : {};
  // A collection's own collation is that of its queries.
  const indexed = await db.createCollection<Plain>(`indexed${at}`, collection);
  const plain = await db.createCollection<Plain>(`plain${at}`, collection);
  await indexed.createIndex(example.index.key, example.index.options ?? {});
  await insertWhatFits(indexed, example.documents);
  const stored = await indexed.find({}, { promoteValues: false }).toArray();
  if (stored.length > 0) await plain.insertMany(stored);
  for (const [filter, sort] of example.filters) {
    const order: Sort = [...sort, ["_id", 1]];
    const expected = await outcome(idsOf(plain, filter, order));
    expect(await outcome(idsOf(indexed, filter, order))).toEqual(expected);
    if (typeof expected === "number") continue;
    expect(await indexed.countDocuments(filter)).toBe(expected.length);
    expect(await indexed.count(filter)).toBe(expected.length);
    if (example.index.isPartly) continue;
    expect(await idsOf(indexed, filter, order, example.index.key)).toEqual(expected);
    const [first] = sort;
    if (!first) continue;
    const sorted = await idsOf(indexed, filter, [first], example.index.key);
    // None may be missing or come twice; those that are equal may come in any order, the others may not.
    expect(sorted.toSorted()).toEqual(expected.toSorted());
    const rising = await idsOf(plain, filter, [first, ["_id", 1]]);
    const falling = await idsOf(plain, filter, [first, ["_id", -1]]);
    expect(misplaced(sorted, rising, falling)).toEqual([]);
  }
  await Promise.all([indexed.drop(), plain.drop()]);
}

/** Neighbours that are the other way round however equal ones are ordered. */
const misplaced = (found: readonly number[], rising: readonly number[], falling: readonly number[]): number[][] =>
  found.flatMap((id, at) => {
    const next = found[at + 1];
    if (next === undefined) return [];
    const isBefore = (order: readonly number[]) => order.indexOf(id) < order.indexOf(next);
    return isBefore(rising) || isBefore(falling) ? [] : [[id, next]];
  });

/** Arrays side by side, arrays in a hashed index, positions that could be names. */
const notIndexable: ReadonlySet<number> = new Set([171, 16766, 16746]);

async function insertWhatFits(collection: Collection<Plain>, documents: readonly Plain[]): Promise<void> {
  const numbered = documents.map((document, at) => ({ _id: at, ...document }));
  await collection.insertMany(numbered as never, { ordered: false }).catch((error: unknown) => {
    if (!(error instanceof MongoBulkWriteError && notIndexable.has(Number(error.code)))) throw error;
  });
}

/** A filter or sort that is refused is refused with and without. */
const outcome = (found: Promise<number[]>): Promise<number[] | number> =>
  found.catch((error: unknown) => {
    if (error instanceof MongoServerError) return Number(error.code);
    throw error;
  });

async function idsOf(collection: Collection<Plain>, filter: Plain, sort: Sort, hint?: Plain): Promise<number[]> {
  const options = { sort: [...sort], projection: { _id: 1 } };
  const found = await collection.find(filter, hint ? { ...options, hint } : options).toArray();
  return found.map((document) => Number(document._id));
}
