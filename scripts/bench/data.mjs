// `dev test` from the call until its command starts, with a dataset that has its snapshot; and the databases that tests get by themselves: their start and reset.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { timeRow } from "./rows.mjs";
import { works } from "./run-command.mjs";
import { root } from "./stack.mjs";

const runs = 5;
const documents = 2_000;
const dev = join(root, "packages/cli/bin/dev.js");
const noEngine = { DOCKER_HOST: "unix:///nonexistent/docker.sock" };

export const name = "data";

export async function* measure() {
  const directory = await makeProject();
  try {
    yield* measureTest(directory, "the embedded servers", { ...noEngine, DRYDOCK_PROVIDERS: "embedded" }, 1_000);
    if ((await works("mongod", "--version")) && (await works("redis-server", "--version")))
      yield* measureTest(directory, "programs on PATH", noEngine);
    if (await works("docker", "info")) yield* measureTest(directory, "docker", {}, 4_000);
    yield* measureOwn(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function* measureTest(cwd, what, variables, budget) {
  const env = { ...process.env, ...variables, COMPOSE_PROJECT_NAME: `bench-data-${process.pid}` };
  // The command says when it began, to the millisecond.
  const command = [process.execPath, "-e", "process.stdout.write(String(performance.timeOrigin))"];
  const startMs = async () => {
    const called = Date.now();
    const { stdout } = await promisify(execFile)(process.execPath, [dev, "test", "--", ...command], { cwd, env });
    return Number(stdout) - called;
  };
  try {
    const first = await startMs();
    yield timeRow(`dev test until its command starts, the first time, ${what}`, [first]);
    const samples = [];
    for (let run = 0; run < runs; run++) samples.push(await startMs());
    yield timeRow(`dev test until its command starts, ${what}`, samples, budget);
  } finally {
    if (what === "docker")
      await promisify(execFile)("docker", ["volume", "rm", "-f", `${env.COMPOSE_PROJECT_NAME}_drydock`]);
  }
}

/** In a process of its own, as a test has them. */
async function* measureOwn(cwd) {
  const { href } = pathToFileURL(join(root, "packages/cli/dist/test.js"));
  const script = `const { testDatabases } = await import(${JSON.stringify(href)});
const timed = async (work) => { const at = performance.now(); const result = await work(); return [performance.now() - at, result]; };
const [startMs, databases] = await timed(() => testDatabases({ dataset: "bench" }));
const resets = [];
for (let run = 0; run < 20; run++) resets.push((await timed(() => databases.reset()))[0]);
await databases.stop();
console.log(JSON.stringify({ startMs, resets }));`;
  const env = { ...process.env, COMPOSE_PROJECT_NAME: `bench-data-${process.pid}` };
  const path = join(cwd, "own.mjs");
  await writeFile(path, script);
  const starts = [];
  const resets = [];
  for (let run = 0; run < runs; run++) {
    const { stdout } = await promisify(execFile)(process.execPath, [path], { cwd, env });
    const found = JSON.parse(stdout);
    starts.push(found.startMs);
    resets.push(...found.resets);
  }
  yield timeRow(`testDatabases() with ${documents.toLocaleString("en")} documents, in a test's process`, starts);
  yield timeRow("their reset", resets, 50);
}

async function makeProject() {
  const directory = await mkdtemp(join(tmpdir(), "drydock-bench-data-"));
  await mkdir(join(directory, "seeds"));
  await writeFile(
    join(directory, "compose.yaml"),
    'services:\n  mongo: { image: "mongo:8" }\n  redis: { image: "redis:8" }\n',
  );
  await writeFile(
    join(directory, "seeds/bench.ts"),
    `import { dataset, faker, id, redis } from "drydock";
export default dataset("bench", {
  people: { count: ${documents}, document: () => ({ _id: id(), name: faker.person.fullName() }) },
}, { redis: { greeting: { key: "greeting", value: () => redis.string("hello") } } });
`,
  );
  return directory;
}
