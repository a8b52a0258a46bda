// Run as a process of its own by processes.integration.test.ts: opens data in memory, or in a folder, and stays.
import { writeSync } from "node:fs";
import { systemClock } from "@drydock/core";
import { openStore } from "../open-store.ts";

const [, , directory] = process.argv;
const store = await openStore({ directory, isReplicaSet: false, clock: systemClock, log: () => {} });
store.announce("127.0.0.1:27099");
writeSync(1, "ready\n");
setInterval(() => store.changes, 60_000);
