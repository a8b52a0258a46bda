import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MongoError } from "../errors/mongo-error.ts";
import type { Document } from "../values/document.ts";
import { openStore } from "./open-store.ts";
import type { Store } from "./store.ts";
import { checkCollection } from "./testing/check-collection.ts";
import { applyStep, step } from "./testing/random-steps.ts";

let directory = "";
let store: Store;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "drydock-random-"));
  store = await openStore({ directory, isReplicaSet: true, clock: systemClock, log: () => {} });
});

afterAll(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

let number = 0;

test("whatever is written, documents and every index hold exactly what a plain model says", async () => {
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
  await fc.assert(property, { numRuns: 150 });
});
