import { lockMongo } from "../mongo-lock.ts";

// A program that locks a server and dies with the lock: `node lock-program.mjs URI`. Prints "locked" and waits to be killed.
const [, , uri = ""] = process.argv;
await lockMongo(uri, true, new AbortController().signal);
process.stdout.write("locked\n");
setInterval(() => undefined, 1_000);
