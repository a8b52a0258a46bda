import fc from "fast-check";
import { type Db, MongoServerError, type Document as Plain } from "mongodb";
import { arbitraryDocument, arbitraryScalar } from "../../testing/arbitrary-documents.ts";
import { arbitraryFilter } from "../../testing/arbitrary-filters.ts";

/** Commands on one collection, `c`, as a client would send them. */
const arbitraryKey = fc
  .uniqueArray(fc.tuple(fc.constantFrom("a", "b", "a.b", "b.c"), fc.constantFrom(1, -1)), {
    minLength: 1,
    maxLength: 1,
    selector: ([path]) => path,
  })
  .map((parts) => Object.fromEntries(parts));

/** Plain updates: what each operator does is compared beside updates. */
const arbitraryUpdate: fc.Arbitrary<Plain> = fc.oneof(
  arbitraryScalar.map((value) => ({ $set: { b: value, d: value } })),
  arbitraryScalar.map((value) => ({ $push: { b: value } })),
  fc.constantFrom<Plain>({ $inc: { a: 1 } }, { $unset: { a: "" } }, { $rename: { a: "b" } }),
  // The oracle counts a replacement by the same as modified.
  fc.tuple(arbitraryDocument, fc.uuid()).map(([document, id]) => ({ ...document, id })),
);

const numbered = (documents: readonly Plain[]): Plain[] =>
  documents.map((document, at) => ({ _id: (at * 7) % 5, ...document }));

const arbitraryCommand: fc.Arbitrary<Plain> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.array(arbitraryDocument, { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([documents, ordered]) => ({ insert: "c", documents: numbered(documents), ordered })),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(arbitraryFilter, arbitraryUpdate, fc.boolean()).map(([q, u, multi]) => ({
      update: "c",
      updates: [{ q, u, multi: multi && !Array.isArray(u) && Object.keys(u).some((name) => name.startsWith("$")) }],
    })),
  },
  {
    weight: 1,
    arbitrary: arbitraryFilter.map((q) => ({ delete: "c", deletes: [{ q, limit: 0 }] })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(arbitraryFilter, arbitraryUpdate, fc.boolean())
      .map(([query, update, isNew]) => ({ findAndModify: "c", query, update, new: isNew, sort: { _id: 1 } })),
  },
  { weight: 1, arbitrary: arbitraryFilter.map((query) => ({ count: "c", query })) },
  { weight: 1, arbitrary: arbitraryFilter.map((filter) => ({ find: "c", filter, sort: { _id: 1 } })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(arbitraryKey, fc.boolean())
      // Not unique ones: the oracle lets several documents lack the field.
      .map(([key, sparse]) => ({
        createIndexes: "c",
        indexes: [{ key, name: "i", ...(sparse ? { sparse } : {}) }],
      })),
  },
  { weight: 1, arbitrary: fc.tuple(arbitraryScalar).map(([value]) => ({ insert: "c", documents: [{ _id: value }] })) },
);

/** A few commands, and a look at everything at the end. */
export const arbitrarySequence: fc.Arbitrary<Plain[]> = fc
  .array(arbitraryCommand, { minLength: 1, maxLength: 8 })
  .map((commands) => [...commands, { find: "c", sort: { _id: 1 } }]);

/** What a client can rely on in a reply: numbers, documents, codes; no messages, times or names of servers. */
export async function outcomes(db: Db, commands: readonly Plain[]): Promise<unknown[]> {
  await db.dropDatabase();
  const told: unknown[] = [];
  for (const command of commands) told.push(await outcome(db, command));
  return told;
}

async function outcome(db: Db, command: Plain): Promise<unknown> {
  try {
    const reply = await db.command(command, { promoteValues: false, ignoreUndefined: false });
    const { n, nModified, upserted, value, lastErrorObject, cursor, writeErrors } = reply;
    const errors = (writeErrors as Plain[] | undefined)?.map(({ index, code }) => ({
      index: Number(index),
      code: codeOf(command, { code }),
    }));
    return plainOf({ n, nModified, upserted, value, lastErrorObject, documents: cursor?.firstBatch, errors });
  } catch (error) {
    if (error instanceof MongoServerError) return { code: codeOf(command, error) };
    throw error;
  }
}

/** Which mistake of an update is told first is specified beside updates: here it counts that there is one. */
const codeOf = (command: Plain, { code }: { readonly code?: unknown }): number | "some" =>
  command.update || command.findAndModify ? "some" : Number(code);

/** Numbers by type and value, so that two servers' replies compare as text. */
function plainOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== "object" || value === null) return value;
  if ("_bsontype" in value) return `${value._bsontype} ${JSON.stringify(value)}`;
  if (value instanceof Date) return value.toISOString();
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainOf(each)]));
}
