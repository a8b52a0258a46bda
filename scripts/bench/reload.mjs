// From a save to the first answer of the new code: against `node --watch`, and in containers against `docker compose watch`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { interrupted } from "./interrupt.mjs";
import { ratioRow } from "./rows.mjs";
import { time, works } from "./run-command.mjs";
import { dev, freePort, noEngine, takeDown } from "./stack.mjs";

const runs = 7;
// Between a first answer and the next save: whoever watches has settled.
const restMs = 500;

export const name = "reload";

export async function* measure() {
  const local = await project("local", noEngine);
  try {
    const ours = await withDev(local, saves);
    const theirs = await withProgram(local, [process.execPath, "--watch", "app/server.js"], saves);
    yield ratioRow("save to new answer, local", "node --watch", ours, theirs, 1);
  } finally {
    await local.remove();
  }
  if (!(await works("docker", "info"))) return;
  const docker = await project("docker", {});
  try {
    const ours = await withDev(docker, saves);
    await time(["docker", "compose", "up", "-d", "--wait"], docker);
    const theirs = await withProgram(docker, ["docker", "compose", "watch", "--no-up"], saves);
    yield ratioRow("save to new answer, docker, sync+restart", "docker compose watch", ours, theirs, 0.5);
  } finally {
    await docker.remove();
  }
}

async function withDev(stack, measureSaves) {
  await time([...dev, "up", "--detach"], stack);
  try {
    return await measureSaves(stack);
  } finally {
    await time([...dev, "down"], stack);
  }
}

/** Another program that watches the same files; it has begun when a save is followed. */
async function withProgram(stack, [program, ...words], measureSaves) {
  const child = spawn(program, words, { cwd: stack.directory, env: stack.variables, stdio: "ignore" });
  const closed = once(child, "exit");
  try {
    return await measureSaves(stack);
  } finally {
    child.kill("SIGTERM");
    await closed;
  }
}

async function saves(stack) {
  const samples = [];
  // The first save is not counted: whoever watches may not have begun, so it is repeated until it is followed.
  for (let run = -1; run < runs; run++) {
    await pause(restMs, undefined, { signal: interrupted });
    const text = `version ${stack.next()}`;
    const startedAt = performance.now();
    let savedAt = 0;
    while ((await answer(stack.port)) !== text) {
      interrupted.throwIfAborted();
      const now = performance.now();
      if (now - startedAt > 30_000) throw new Error(`${text} does not answer within 30 s`);
      if (savedAt === 0 || (run < 0 && now - savedAt > 3_000)) {
        await writeFile(join(stack.directory, "app/server.js"), serverOf(text));
        savedAt = performance.now();
      }
    }
    if (run >= 0) samples.push(performance.now() - savedAt);
  }
  return samples;
}

function answer(port) {
  return new Promise((resolve) => {
    const request = get({ port, host: "127.0.0.1", agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece) => {
        text += piece;
      });
      response.on("close", () => resolve(text));
    });
    request.on("error", () => resolve(undefined));
    request.setTimeout(1_000, () => request.destroy());
  });
}

const serverOf = (text) => `const server = require("node:http").createServer((_, answer) => answer.end("${text}"));
server.listen(process.env.PORT);
process.on("SIGTERM", () => process.exit(0));
`;

async function project(kind, extra) {
  const directory = await mkdtemp(join(tmpdir(), `drydock-bench-reload-${kind}-`));
  const port = await freePort();
  await mkdir(join(directory, "app"));
  await writeFile(join(directory, "app/server.js"), serverOf("version 0"));
  await writeFile(
    join(directory, "app/Dockerfile"),
    'FROM node:24-slim\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
  );
  await writeFile(
    join(directory, "docker-compose.yml"),
    `services:
  api:
    build: ./app
    environment: { PORT: "${port}" }
    ports: ["${port}:${port}"]
    develop:
      watch: [{ action: sync+restart, path: ./app, target: /app }]
`,
  );
  const variables = { ...process.env, PORT: `${port}`, COMPOSE_PROJECT_NAME: `bench-reload-${port}`, ...extra };
  let version = 0;
  const stack = { directory, variables, port, next: () => ++version };
  return { ...stack, remove: () => takeDown(stack, () => rm(directory, { recursive: true, force: true })) };
}
