import fc from "fast-check";
import { expect } from "vitest";
import { MongoError } from "../../errors/mongo-error.ts";
import type { Document } from "../../values/document.ts";
import type { Store } from "../store.ts";
import { checkCollection } from "./check-collection.ts";
import { applyStep, step } from "./random-steps.ts";

/** Writes at random, alone and in transactions, and looks after each sequence whether documents and indexes are what a plain model says. */
export async function writeAtRandom(store: Store, runs: number): Promise<void> {
  let number = 0;
  const property = fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, isInTransaction) => {
    const namespace = { database: "d", collection: `c${number++}` };
    const model = new Map<number, Document>();
    await store.write((writer) => writer.openOrCreate(namespace));
    for (const each of steps) {
      const isDefinition = each.kind === "index" || each.kind === "dropIndex";
      const transaction = isInTransaction && !isDefinition ? store.begin() : undefined;
      try {
        if (transaction) {
          const collection = transaction.open(namespace);
          if (collection) applyStep(collection, each, model);
          await transaction.commit();
        } else {
          await store.write((writer) => {
            if (each.kind === "index") writer.createIndexes(namespace, [each.specification]);
            else if (each.kind === "dropIndex") writer.dropIndex(namespace, each.name);
            const collection = writer.open(namespace);
            if (collection) applyStep(collection, each, model);
          });
        }
      } catch (error) {
        transaction?.abort();
        if (!(error instanceof MongoError)) throw error;
        expect(["DuplicateKey", "CannotIndexParallelArrays", "IndexNotFound"]).toContain(error.codeName);
      }
    }
    const snapshot = store.snapshot();
    const collection = snapshot.open(namespace);
    if (collection) checkCollection(collection, model);
    snapshot.close();
    await store.write((writer) => writer.drop(namespace));
  });
  await fc.assert(property, { numRuns: runs });
}
