// Run as a process of its own by killed-writers.ts: writes without end and says on stdout what was acknowledged.
import { writeSync } from "node:fs";
import { systemClock } from "@drydock/core";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import { openStore } from "../open-store.ts";
import type { CollectionWriter, Store } from "../store.ts";

const namespace = { database: "d", collection: "c" };
const doc = (fields: Record<string, Value>) => Document.from(Object.entries(fields));
const [, , directory = "", round = "0"] = process.argv;

const store = await openStore({ directory, isReplicaSet: true, clock: systemClock, log: () => {} });
await store.write((writer) => {
  if (!writer.info(namespace)) writer.create(namespace, emptyDocument);
  writer.createIndexes(namespace, [
    doc({ key: doc({ n: int32(1), words: int32(-1) }) }),
    doc({ key: doc({ text: int32(1) }) }),
  ]);
});
await Promise.all(Array.from({ length: 8 }, (_, writer) => writeOn(store, writer)));

/** Inserts, and counts in one document, in turns alone and in a transaction. */
async function writeOn(data: Store, writer: number): Promise<never> {
  for (let number = 1; ; number++) {
    const id = `${round}-${writer}-${number}`;
    const document = doc({ _id: id, n: int32(number), words: ["a", "b", id], text: "x".repeat((number * 37) % 3000) });
    const both = (collection: CollectionWriter | undefined) => {
      collection?.insert(document);
      if (collection) count(collection, `count-${writer}`);
    };
    if (number % 3 === 0) {
      const transaction = data.begin();
      both(transaction.open(namespace));
      await transaction.commit();
    } else {
      await data.write((each) => both(each.open(namespace)));
    }
    writeSync(1, `${id}\n`);
  }
}

function count(collection: CollectionWriter, id: string): void {
  const found = collection.findId(id);
  const before = found?.document.get("count");
  const next = doc({ _id: id, count: typeof before === "number" ? before + 1 : 1 });
  if (found) collection.replace(found.id, found.document, next, doc({ updatedFields: next }));
  else collection.insert(next);
}
