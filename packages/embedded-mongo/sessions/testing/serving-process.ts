// Run as a process of its own by killed-servers.ts: a server on the folder and port that it is given, until it is killed.
import { writeSync } from "node:fs";
import { startMongo } from "../../start-mongo.ts";

const [, , dataDirectory = "", port = "0"] = process.argv;
const mongo = await startMongo({ dataDirectory, replicaSet: "rs0", port: Number(port) });
writeSync(1, `${mongo.port}\n`);
