import { systemClock } from "@drydock/core";
import { expect, test } from "vitest";
import { int32 } from "../values/scalars.ts";
import { openStore } from "./open-store.ts";
import { doc } from "./testing/random-steps.ts";

test("an index over more documents than are sorted at a time is whole, and few bytes are held for it", async () => {
  const store = await openStore({ directory: undefined, isReplicaSet: false, clock: systemClock, log: () => {} });
  const namespace = { database: "d", collection: "c" };
  try {
    for (let part = 0; part < 300; part++) {
      await store.write((writer) => {
        const collection = writer.openOrCreate(namespace);
        for (let id = part * 1000; id < (part + 1) * 1000; id++) {
          collection.insert(
            doc({ _id: int32(id), a: int32((id * 7919) % 300_007), b: [int32(id % 7), "x".repeat(id % 50)] }),
          );
        }
      });
    }
    const before = process.memoryUsage().heapUsed;
    await store.write((writer) => {
      writer.createIndexes(namespace, [
        doc({ key: doc({ a: int32(1) }), unique: true }),
        doc({ key: doc({ b: int32(-1) }) }),
      ]);
    });
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150_000_000);
    const snapshot = store.snapshot();
    const collection = snapshot.open(namespace);
    expect(collection?.indexSize("a_1").entries).toBe(300_000);
    expect(collection?.validate()).toEqual([]);
    snapshot.close();
  } finally {
    await store.close();
  }
});
