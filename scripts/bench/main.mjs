// `npm run bench [group...] [-- --markdown]`: the budgets that concern start-up, status, help and down, each as a ratio in one
// run on one machine. Exits with 1 where one is missed.
import { cpus, totalmem } from "node:os";
import * as clone from "./clone.mjs";
import * as docker from "./docker.mjs";
import * as local from "./local.mjs";
import { asMarkdown, asText } from "./rows.mjs";
import * as start from "./start.mjs";

const groups = [start, docker, local, clone];
const words = process.argv.slice(2);
const named = words.filter((word) => !word.startsWith("--"));
const unknown = named.filter((word) => !groups.some((group) => group.name === word));
if (unknown.length > 0) {
  console.error(
    `There is no group ${unknown.join(", ")}; the groups are ${groups.map((group) => group.name).join(", ")}.`,
  );
  process.exit(2);
}

const [cpu] = cpus();
console.error(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`,
);
const rows = [];
for (const group of groups) {
  if (named.length > 0 ? !named.includes(group.name) : group.isOnlyOnDemand) continue;
  const reason = group.missing?.();
  if (reason !== undefined) {
    console.error(`${group.name}: skipped, ${reason}`);
    continue;
  }
  for await (const row of group.measure()) {
    rows.push(row);
    console.error(`  ${row.what}: ${row.value} ${row.budget} ${row.isMet ? "" : "MISSED"}`);
  }
}
console.log(words.includes("--markdown") ? asMarkdown(rows) : asText(rows));
process.exitCode = rows.every((row) => row.isMet) ? 0 : 1;
