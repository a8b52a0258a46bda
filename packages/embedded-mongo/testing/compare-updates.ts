import fc from "fast-check";
import { BSON, type Document as Plain } from "mongodb";
import { expect } from "vitest";
import { MongoError } from "../errors/mongo-error.ts";
import { compileUpdate } from "../update/update.ts";
import { DateValue } from "../values/scalars.ts";
import { arbitraryDocument } from "./arbitrary-documents.ts";
import { arbitraryUpdate } from "./arbitrary-updates.ts";
import type { Oracle } from "./oracle.ts";
import { fromPlain, toExtendedJson } from "./plain.ts";
import { isSameRefusal } from "./same-refusal.ts";

const options = { now: new DateValue(0) };

// An oracle calculates with true and false as with 1 and 0.
const isComparable = ([document, update]: readonly [Plain, Plain]): boolean =>
  !("$inc" in update || "$mul" in update) || !/\b(?:true|false)\b/.test(JSON.stringify(document));

/** Updates `runs` times up to 100 documents, each by an update of its own, here and there. @throws what vitest's `expect` throws where the two differ */
export async function compareUpdates(oracle: Oracle, runs: number): Promise<void> {
  const database = oracle.client.db("updates");
  const collection = database.collection<Plain>("updated");
  const cases = fc.array(fc.tuple(arbitraryDocument, arbitraryUpdate).filter(isComparable), {
    minLength: 1,
    maxLength: 100,
  });
  await fc.assert(
    fc.asyncProperty(cases, async (pairs) => {
      const documents = pairs.map(([document], _id): Plain => ({ _id, ...document }));
      await collection.deleteMany({});
      await collection.insertMany(documents);
      const updates = pairs.map(([, u], _id) => ({ q: { _id }, u }));
      const reply = await database.command({ update: "updated", ordered: false, updates });
      const failed = new Map<number, number>(
        (reply.writeErrors ?? []).map((each: Plain) => [Number(each.index), Number(each.code)]),
      );
      const after = await collection.find({}, { sort: { _id: 1 } }).toArray();
      for (const [at, document] of documents.entries()) {
        const [, update] = pairs[at] ?? [];
        const ours = apply(document, update ?? {});
        const code = failed.get(at);
        if (code !== undefined && typeof ours === "number" && isRefusedAlike(update ?? {}, ours, code)) continue;
        const theirs = code ?? canonical(BSON.EJSON.stringify(after[at] ?? {}, { relaxed: false }));
        if (ours !== theirs) expect({ document, update, result: ours }).toEqual({ document, update, result: theirs });
      }
    }),
    { numRuns: runs },
  );
}

/** Of several mistakes, the order of telling them is nowhere specified: the codes are compared where there is one path. */
function isRefusedAlike(update: Plain, ours: number, theirs: number): boolean {
  const [[operator = "", paths] = []] = Object.entries(update);
  const isOne = Object.keys(update).length === 1 && Object.keys(paths ?? {}).length === 1;
  return !isOne || isSameRefusal(operator, ours, theirs);
}

function apply(plain: Plain, update: Plain): string | number {
  const document = fromPlain(plain);
  try {
    const result = compileUpdate(fromPlain(update), options).apply(document);
    return canonical(toExtendedJson(result?.after ?? document));
  } catch (error) {
    if (error instanceof MongoError) return error.code;
    throw error;
  }
}

// An oracle adds new fields in the order of the update, MongoDB by their names (manual, "Update Operators", Behavior): here fields have no order.
const canonical = (json: string): string => JSON.stringify(sorted(JSON.parse(json)));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}
