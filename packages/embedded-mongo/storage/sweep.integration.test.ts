import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { eventually } from "@drydock/testing";
import { test } from "vitest";
import { int32 } from "../values/scalars.ts";
import { openStore } from "./open-store.ts";
import { Tables } from "./tables.ts";
import { doc } from "./testing/random-steps.ts";

test("what a dropped collection has left on the disk is removed, after the next start at the latest", async () => {
  const directory = mkdtempSync(join(tmpdir(), "drydock-sweep-"));
  const namespace = { database: "d", collection: "c" };
  const open = () => openStore({ directory, isReplicaSet: false, clock: systemClock, log: () => {} });
  try {
    const store = await open();
    await store.write((writer) => {
      writer.createIndexes(namespace, [doc({ key: doc({ a: int32(1) }) })]);
      for (let id = 0; id < 5000; id++) writer.open(namespace)?.insert(doc({ _id: int32(id), a: int32(id) }));
    });
    await store.write((writer) => writer.drop(namespace));
    await store.close();
    const nothingIsLeft = async () => {
      await (await open()).close();
      const tables = new Tables(directory, true);
      const all = { from: Buffer.from([0]), to: Buffer.alloc(20, 0xff), isReverse: false };
      const left = [...tables.range("records", all), ...tables.range("entries", all)].length;
      await tables.close();
      return left === 0;
    };
    await eventually(nothingIsLeft);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
