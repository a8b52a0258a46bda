// `npm run bench [group...] [-- --markdown | --json]`: the budgets that concern start-up, status, help and down, each as a ratio
// in one run on one machine. Exits with 1 where one is missed or could not be measured.
import { cpus, loadavg, totalmem } from "node:os";
import * as clone from "./clone.mjs";
import * as data from "./data.mjs";
import * as docker from "./docker.mjs";
import * as edge from "./edge.mjs";
import * as embeddedMongo from "./embedded-mongo.mjs";
import * as embeddedRedis from "./embedded-redis.mjs";
import * as idle from "./idle.mjs";
import { interrupted } from "./interrupt.mjs";
import * as local from "./local.mjs";
import * as reload from "./reload.mjs";
import * as seed from "./seed.mjs";
import * as snapshot from "./snapshot.mjs";
import * as start from "./start.mjs";
import { asLine, asMarkdown, asText, noise } from "./table.mjs";

const groups = [start, docker, local, reload, edge, idle, clone, embeddedRedis, embeddedMongo, seed, data, snapshot];
const known = [...groups.map((group) => group.name), "--markdown", "--json"];
const words = process.argv.slice(2);
const unknown = words.filter((word) => !known.includes(word));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}; there are ${known.join(", ")}.`);
  process.exit(2);
}

const [cpu] = cpus();
const [load] = loadavg();
const machine = {
  date: new Date().toISOString().slice(0, 10),
  cores: cpus().length,
  cpu: cpu?.model.trim(),
  memoryGb: Math.round(totalmem() / 1024 ** 3),
  node: process.versions.node,
  load: Number(load?.toFixed(1)),
};
console.error(
  `${machine.date}, ${machine.cores} cores (${machine.cpu}), ${machine.memoryGb} GB, Node ${machine.node}, load ${machine.load}`,
);
if (machine.load > machine.cores / 2) console.error("This machine is busy: expect noise.");

const named = words.filter((word) => !word.startsWith("--"));
const chosen = groups.filter((group) => (named.length > 0 ? named.includes(group.name) : !group.isOnlyOnDemand));
const [rows, skipped, failed] = [[], [], []];
for (const group of chosen) {
  if (interrupted.aborted) break;
  const reason = await group.missing?.();
  if (reason !== undefined) {
    skipped.push({ group: group.name, reason });
    console.error(`${group.name}: skipped, ${reason}`);
    continue;
  }
  try {
    for await (const row of group.measure()) {
      rows.push(row);
      console.error(`  ${row.what}: ${asLine(row)}`);
    }
  } catch (error) {
    failed.push({ group: group.name, reason: error.message });
    console.error(`${group.name}: ${error.message}`);
  }
}

if (words.includes("--json")) console.log(JSON.stringify({ machine, rows, skipped, failed }, null, 2));
else if (rows.length > 0) console.log(words.includes("--markdown") ? asMarkdown(rows) : asText(rows));
if (rows.length > 0) console.error(noise(rows));
if (interrupted.aborted) process.exitCode = 130;
else process.exitCode = failed.length === 0 && rows.every((row) => row.isMet) ? 0 : 1;
