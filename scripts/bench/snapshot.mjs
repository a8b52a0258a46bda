// `dev snapshot save` and `restore` on the embedded servers by how much data there is, against seeding it again.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { peopleDataset } from "./people-dataset.mjs";
import { ratioRow, timeRow } from "./rows.mjs";
import { freePort } from "./stack.mjs";

const sizes = [100_000, 1_000_000];
const runs = 3;
const dev = join(import.meta.dirname, "../../packages/cli/bin/dev.js");
const compose = (port) => `services:
  mongo: { image: "mongo:8", ports: ["127.0.0.1:${port}:27017"], volumes: ["mongo-data:/data/db"] }
  redis: { image: "redis:8", volumes: ["redis-data:/data"] }
volumes: { mongo-data: {}, redis-data: {} }
`;

export const name = "snapshot";
/** A million documents take their time. */
export const isOnlyOnDemand = true;

export async function* measure() {
  const directory = await mkdtemp(join(tmpdir(), "drydock-bench-snapshot-"));
  const port = await freePort();
  await writeFile(join(directory, "compose.yaml"), compose(port));
  await writeFile(join(directory, "dev.config.ts"), "export default { data: { seed: false } };\n");
  await mkdir(join(directory, "seeds"));
  await writeFile(join(directory, "seeds/bench.ts"), peopleDataset(sizes[0]));
  const env = { ...process.env, DOCKER_HOST: "unix:///nonexistent/docker.sock", DRYDOCK_PROVIDERS: "embedded" };
  const run = (...words) => promisify(execFile)(process.execPath, [dev, ...words], { cwd: directory, env });
  try {
    await run("up", "--detach");
    for (const size of sizes) yield* measureSize(run, size);
  } finally {
    await run("down", "--volumes", "--yes");
    await rm(directory, { recursive: true, force: true });
  }
}

async function* measureSize(run, size) {
  const seedMs = await timed(() => run("seed", "bench", "--count", `people=${size}`, "--reset", "--no-cache"));
  const [saves, first, restores] = [[], [], []];
  for (let turn = 0; turn < runs; turn++) {
    const snapshot = `s${size}-${turn}`;
    await settle();
    saves.push(await timed(() => run("snapshot", "save", snapshot)));
    for (const times of [first, restores]) {
      await settle();
      times.push(await timed(() => run("snapshot", "restore", snapshot)));
    }
  }
  const title = `${size.toLocaleString("en")} documents of 1 KB, the embedded servers`;
  yield timeRow(`snapshot save of ${title}`, saves);
  // LMDB writes its copy past the page cache: the first time it is read from the disk.
  yield ratioRow(`snapshot restore of ${title}, from the disk`, "seeding them again", first, [seedMs]);
  yield ratioRow(
    `snapshot restore of ${title}, read before`,
    "seeding them again",
    restores,
    [seedMs],
    size < 1_000_000 ? undefined : 0.05,
  );
}

/** What was written before goes to the disk first: else the kernel holds the next writer back for it (proc_sys_vm(5), dirty_background_ratio). */
const settle = () => promisify(execFile)("sync");

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
