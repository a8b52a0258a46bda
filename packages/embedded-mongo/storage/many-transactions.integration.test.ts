import { systemClock } from "@drydock/core";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MongoError } from "../errors/mongo-error.ts";
import type { Document } from "../values/document.ts";
import { openStore } from "./open-store.ts";
import type { Store, Writer } from "./store.ts";
import { checkCollection } from "./testing/check-collection.ts";
import { applyStep, doc, step } from "./testing/random-steps.ts";

let store: Store;

beforeEach(async () => {
  store = await openStore({ directory: undefined, isReplicaSet: true, clock: systemClock, log: () => {} });
});

afterEach(() => store.close());

test("money that many move at the same time, in transactions and alone, is neither lost nor made", async () => {
  const accounts = { database: "d", collection: "accounts" };
  const names = [0, 1, 2, 3];
  await store.write((writer) => {
    for (const name of names) writer.openOrCreate(accounts).insert(doc({ _id: name, amount: 100 }));
  });
  const pay = (writer: Writer, name: number, amount: number) => {
    const collection = writer.open(accounts);
    const found = collection?.findId(name);
    const before = found?.document.get("amount");
    if (!found || typeof before !== "number") throw new Error("There is no account.");
    collection?.replace(found.id, found.document, doc({ _id: name, amount: before + amount }));
  };
  const othersCommit = () => new Promise((resolve) => setImmediate(resolve));
  let conflicts = 0;
  // Each rests for a time of its own after a conflict, as clients do: in step with one another they could meet again for ever.
  const move = async (from: number, to: number, rest: number): Promise<void> => {
    for (;;) {
      const transaction = store.begin();
      try {
        pay(transaction, from, -1);
        await othersCommit();
        pay(transaction, to, 1);
        await transaction.commit();
        return;
      } catch (error) {
        transaction.abort();
        if (!(error instanceof MongoError) || error.codeName !== "WriteConflict") throw error;
        conflicts++;
        for (let turn = 0; turn < rest; turn++) await othersCommit();
      }
    }
  };
  const workers = Array.from({ length: 8 }, async (_, worker) => {
    for (let round = 0; round < 10; round++) {
      const [from, to] = [worker % 4, (worker + 1 + (round % 3)) % 4];
      if (worker < 6) await move(from, to, worker + 1);
      else await store.write((writer) => [pay(writer, from, -1), pay(writer, to, 1)]);
    }
  });
  await Promise.all(workers);
  const snapshot = store.snapshot();
  const amounts = [...(snapshot.open(accounts)?.scan() ?? [])].map(({ document }) => Number(document.get("amount")));
  expect(amounts.reduce((sum, amount) => sum + amount)).toBe(400);
  expect(snapshot.open(accounts)?.validate()).toEqual([]);
  expect(conflicts).toBeGreaterThan(0);
  snapshot.close();
});

test("inside of a transaction every scan shows what a plain model says, before and after the commit", async () => {
  let number = 0;
  const steps = fc.array(step, { maxLength: 25 });
  const property = fc.asyncProperty(steps, steps, async (before, within) => {
    const place = { database: "d", collection: `c${number++}` };
    const model = new Map<number, Document>();
    await store.write((writer) => writer.openOrCreate(place));
    for (const each of before) {
      await store
        .write((writer) => {
          if (each.kind === "index") writer.createIndexes(place, [each.specification]);
          const collection = writer.open(place);
          if (collection) applyStep(collection, each, model);
        })
        .catch(expectMongoError);
    }
    const transaction = store.begin();
    const collection = transaction.open(place);
    for (const each of within) {
      try {
        if (collection) applyStep(collection, each, model);
      } catch (error) {
        expectMongoError(error);
      }
    }
    if (collection) checkCollection(collection, model);
    await transaction.commit();
    const snapshot = store.snapshot();
    const committed = snapshot.open(place);
    if (committed) checkCollection(committed, model);
    snapshot.close();
    await store.write((writer) => writer.drop(place));
  });
  await fc.assert(property, { numRuns: 60 });
});

function expectMongoError(error: unknown): void {
  if (!(error instanceof MongoError)) throw error;
  expect(["DuplicateKey", "CannotIndexParallelArrays"]).toContain(error.codeName);
}
