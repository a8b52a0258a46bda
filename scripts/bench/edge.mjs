// The embedded edge and nginx on the same configuration, that of a stack's front: requests a second and the slowest percent, over HTTPS on kept connections.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import autocannon from "autocannon";
import { interrupted } from "./interrupt.mjs";
import { rateRatioRow, ratioRow } from "./rows.mjs";
import { runCommand, time, works } from "./run-command.mjs";
import { dev, freePort, noEngine, takeDown } from "./stack.mjs";

const runs = 3;
const seconds = 4;
const connections = 30;
const paths = [
  ["a small answer of a service", "/"],
  ["64 KB of a service", "/large"],
  ["a file of 20 KB", "/files/page.txt"],
];

export const name = "edge";

export const missing = async () => ((await works("nginx", "-v")) ? undefined : "nginx is not on PATH");

export async function* measure() {
  const stack = await project();
  try {
    await time([...dev, "up", "--detach"], stack);
    const { stdout } = await runCommand([...dev, "proxy", "render"], stack);
    for (const [what, path] of paths) {
      const [ours, theirs] = [
        { rates: [], slowest: [] },
        { rates: [], slowest: [] },
      ];
      for (let run = 0; run < runs; run++) {
        await measureOne(stack, stdout, edge, path, ours);
        await measureOne(stack, stdout, nginx, path, theirs);
      }
      yield rateRatioRow(`edge, ${what}, requests`, "nginx, one worker", ours.rates, theirs.rates);
      yield ratioRow(`edge, ${what}, 99th percentile`, "nginx, one worker", ours.slowest, theirs.slowest);
    }
  } finally {
    await stack.remove();
  }
}

const edge = (file) => [...dev, "serve", "nginx", "--config", file];
const nginx = (file, folder) => ["nginx", "-p", folder, "-e", "stderr", "-c", file];

/** Serves the front's text at a port of its own, warms it up, and asks as fast as it answers. */
async function measureOne(stack, text, commandOf, path, found) {
  const folder = await mkdtemp(join(tmpdir(), "drydock-bench-edge-"));
  const port = await freePort();
  const file = join(folder, "nginx.conf");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((each) => `${each}_temp_path ${folder}/${each};`)
    .join("\n");
  const here = text
    .replace(/^( *listen) \S+(?= ssl)/gm, `$1 127.0.0.1:${port}`)
    .replace(/^( *listen) \S+(?= default_server;)/gm, `$1 127.0.0.1:${await freePort()}`)
    .replace(/^( *access_log) .*$/gm, "$1 off;")
    .replace("http {", `http {\n${temporary}`);
  const root = process.getuid?.() === 0 ? "user root;\n" : "";
  // Each address once: the front listens on ::1 too, and on plain ports.
  await writeFile(file, `daemon off;\n${root}pid ${folder}/nginx.pid;\nerror_log stderr crit;\n${onlyOnce(here)}`);
  const [program, ...words] = commandOf(file, folder);
  const child = spawn(program, words, { stdio: ["ignore", "ignore", "inherit"] });
  const closed = once(child, "exit");
  try {
    while (!(await answers(stack, port, path))) {
      interrupted.throwIfAborted();
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
      await pause(20);
    }
    const ask = (duration) =>
      autocannon({
        url: `https://127.0.0.1:${port}${path}`,
        servername: stack.host,
        headers: { host: stack.host },
        connections,
        duration,
        tlsOptions: { rejectUnauthorized: false },
      });
    await ask(1);
    const { requests, latency, errors, non2xx } = await ask(seconds);
    if (errors + non2xx > 0) throw new Error(`${program}: ${errors} errors, ${non2xx} answers that are not 200`);
    found.rates.push(requests.average);
    found.slowest.push(latency.p99);
  } finally {
    child.kill("SIGTERM");
    await closed;
    await rm(folder, { recursive: true, force: true });
  }
}

/** In each server the same `listen` once. */
function onlyOnce(text) {
  let seen = new Set();
  return text
    .split("\n")
    .filter((line) => {
      if (/^ *server \{/.test(line)) seen = new Set();
      if (!/^ *listen /.test(line)) return true;
      return !seen.has(line) && seen.add(line);
    })
    .join("\n");
}

function answers({ host }, port, path) {
  return new Promise((resolve) => {
    const options = { host: "127.0.0.1", port, path, headers: { host }, servername: host, rejectUnauthorized: false };
    const asked = request({ ...options, agent: false }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode === 200));
    });
    asked.once("error", () => resolve(false)).end();
  });
}

async function project() {
  const directory = await mkdtemp(join(tmpdir(), "drydock-bench-edge-stack-"));
  const port = await freePort();
  await mkdir(join(directory, "public"));
  await writeFile(join(directory, "public/page.txt"), "x".repeat(20_000));
  await writeFile(
    join(directory, "server.js"),
    `const large = "x".repeat(65536);
require("node:http").createServer((request, response) => response.end(request.url === "/large" ? large : "hello")).listen(process.env.PORT);
process.on("SIGTERM", () => process.exit(0));
`,
  );
  await writeFile(
    join(directory, "docker-compose.yml"),
    `services:\n  api:\n    image: node:24-slim\n    x-dev: { run: node server.js }\n    environment: { PORT: "${port}" }\n    ports: ["${port}:${port}"]\n`,
  );
  await writeFile(
    join(directory, "dev.config.ts"),
    `export default { routes: [{ path: "/files/", folder: "public" }, { to: "api" }], reload: { browser: false } };\n`,
  );
  const name = `bench-edge-${port}`;
  const variables = { ...process.env, COMPOSE_PROJECT_NAME: name, XDG_DATA_HOME: join(directory, "data"), ...noEngine };
  const stack = { directory, variables, host: `${name}.localhost` };
  return { ...stack, remove: () => takeDown(stack, () => rm(directory, { recursive: true, force: true })) };
}
