import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { test } from "vitest";
import { openStore } from "./open-store.ts";
import { writeAtRandom } from "./testing/write-at-random.ts";

test("the same for thousands of random sequences", async () => {
  const directory = mkdtempSync(join(tmpdir(), "drydock-random-"));
  const store = await openStore({ directory, isReplicaSet: true, clock: systemClock, log: () => {} });
  try {
    await writeAtRandom(store, 4000);
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
});
