// `dev seed` by its budget: documents of 1 KB with faker, against insertMany of the same documents, made beforehand, on the same server.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { MongoClient } from "mongodb";
import { peopleDataset } from "./people-dataset.mjs";
import { figureRow, rateRatioRow } from "./rows.mjs";
import { works } from "./run-command.mjs";
import { openServer } from "./serve.mjs";

const documents = 100_000;
const runs = 3;
const dev = join(import.meta.dirname, "../../packages/cli/bin/dev.js");
const ours = (port, folder) => [process.execPath, dev, "serve", "mongo", "--port", `${port}`, "--data", folder];
const real = (port, folder) => ["mongod", "--port", `${port}`, "--dbpath", folder, "--bind_ip", "127.0.0.1"];

export const name = "seed";

export async function* measure() {
  yield* measureOn("the embedded MongoDB", ours);
  if (await works("mongod", "--version")) yield* measureOn("mongod on PATH", real);
}

async function* measureOn(what, command) {
  const project = await makeProject();
  const server = await openServer(command, answers);
  const uri = `mongodb://127.0.0.1:${server.port}/bench?directConnection=true`;
  const client = await MongoClient.connect(uri);
  const people = client.db().collection("people");
  try {
    const rates = { seed: [], insert: [] };
    let peakMb = 0;
    for (let run = -1; run < runs; run++) {
      const { durationMs, peakMb: mb } = await seed(project, uri);
      const made = await people.find().toArray();
      if (made.length !== documents) throw new Error(`${made.length} documents were seeded`);
      await people.drop();
      const startedAt = performance.now();
      await people.insertMany(made, { ordered: false });
      const insertMs = performance.now() - startedAt;
      await client.db().dropDatabase();
      if (run < 0) continue;
      rates.seed.push(documents / (durationMs / 1_000));
      rates.insert.push(documents / (insertMs / 1_000));
      peakMb = Math.max(peakMb, mb);
    }
    const title = `seed ${documents.toLocaleString("en")} documents of 1 KB, ${what}`;
    yield rateRatioRow(title, "insertMany of the same documents", rates.seed, rates.insert, 0.7);
    yield figureRow(`memory of the supervisor meanwhile, ${what}`, [peakMb], "MB", 400);
  } finally {
    await client.close();
    await server.remove();
    await rm(project, { recursive: true, force: true });
  }
}

/** From the call until all is written; and what the supervisor, which does the work, took at most. */
async function seed(directory, uri) {
  const args = [dev, "seed", "bench", "--to", uri, "--no-cache", "--json", "--engine", "local"];
  let peakMb = 0;
  const watch = setInterval(async () => {
    peakMb = Math.max(peakMb, await supervisorMb(directory));
  }, 100);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: directory, maxBuffer: 2 ** 26 });
    return { durationMs: JSON.parse(stdout).durationMs, peakMb };
  } finally {
    clearInterval(watch);
  }
}

/** The most that it ever had (proc(5), VmHWM); 0 where there is no /proc. */
async function supervisorMb(directory) {
  try {
    const { supervisorPid } = JSON.parse(await readFile(join(directory, ".dev/session.json"), "utf8"));
    const status = await readFile(`/proc/${supervisorPid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}

async function makeProject() {
  const directory = await mkdtemp(join(tmpdir(), "drydock-seed-"));
  await mkdir(join(directory, "seeds"));
  await writeFile(join(directory, "compose.yaml"), "name: seed-bench\nservices:\n  mongo:\n    image: mongo:8\n");
  await writeFile(join(directory, "seeds/bench.ts"), peopleDataset(documents));
  return directory;
}

async function answers(port) {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 50,
  });
  try {
    await client.db("admin").command({ ping: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}
