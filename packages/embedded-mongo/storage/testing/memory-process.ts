// Run as a process of its own by processes.integration.test.ts: opens data in memory, or in a folder, and stays.
import { writeSync } from "node:fs";
import { systemClock } from "@drydock/core";
import { openStore } from "../open-store.ts";

const [, , directory] = process.argv;
const open = () => openStore({ directory, isReplicaSet: false, clock: systemClock, log: () => {} });
const store = await open();
store.announce("127.0.0.1:27099");
// Two of them in one process are in nobody's way.
if (directory === undefined) await open();
writeSync(1, "ready\n");
setInterval(() => store.changes, 60_000);
