import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { absence, freePort } from "../../test-server.ts";

const program = fileURLToPath(new URL("../../../cli/bin/dev.js", import.meta.url));

const compose = `services:
  mongo:
    image: mongo:8
    ports: ["127.0.0.1:\${MONGO_PORT}:27017"]
    volumes: ["mongo-data:/data/db"]
  redis:
    image: redis:8
    command: ["redis-server", "--appendonly", "\${APPENDONLY}", "--protected-mode", "no"]
    ports: ["127.0.0.1:\${REDIS_PORT}:6379"]
    volumes: ["redis-data:/data"]
volumes: { mongo-data: {}, redis-data: {} }
`;

/** Where a stack runs: the embedded servers, programs of this machine, a Docker engine. */
export type Place = "embedded" | "programs" | "docker";

/** A stack of both databases, as a user runs it with the built program. */
export interface DevStack {
  readonly directory: string;
  readonly mongoUri: string;
  readonly redisUri: string;
  /** Runs the program; returns what it printed. @throws Error with what it said, when it fails */
  dev(...words: readonly string[]): Promise<string>;
  supervisorPid(): Promise<number>;
  /** Its volumes on a Docker engine. */
  volumes(): readonly string[];
  /** Takes it down with its data. */
  remove(): Promise<void>;
}

/** Brings a stack up in a folder of its own, on free ports. `prepare` is told the folder before. */
export async function startStack(
  place: Place,
  appendOnly: "yes" | "no" = "yes",
  prepare: (directory: string) => void = () => undefined,
): Promise<DevStack> {
  const directory = await mkdtemp(join(tmpdir(), "drydock-snapshot-"));
  await writeFile(join(directory, "compose.yaml"), compose);
  prepare(directory);
  const [mongoPort, redisPort] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    ...(place === "docker" ? {} : { DOCKER_HOST: "unix:///nonexistent/docker.sock" }),
    ...(place === "embedded" ? { DRYDOCK_PROVIDERS: "embedded" } : {}),
    COMPOSE_PROJECT_NAME: `snapshot-${mongoPort}`,
    MONGO_PORT: String(mongoPort),
    REDIS_PORT: String(redisPort),
    APPENDONLY: appendOnly,
  };
  const dev = async (...words: readonly string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], { cwd: directory, env });
    return stdout;
  };
  const stack = {
    directory,
    mongoUri: `mongodb://127.0.0.1:${mongoPort}/?directConnection=true`,
    redisUri: `redis://127.0.0.1:${redisPort}`,
    dev,
    async supervisorPid() {
      const { supervisorPid = 0 } = JSON.parse(await dev("status", "--json")) as { supervisorPid?: number };
      return supervisorPid;
    },
    volumes() {
      const filter = ["--filter", `name=^snapshot-${mongoPort}_`];
      const names = execFileSync("docker", ["volume", "ls", "-q", ...filter], { encoding: "utf8" });
      return names.split("\n").filter((name) => name !== "");
    },
    async remove() {
      await dev("down", "--volumes", "--yes");
      if (place === "docker") execFileSync("docker", ["volume", "rm", "-f", `snapshot-${mongoPort}_drydock`]);
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  await dev("up", "--detach");
  return stack;
}

/** Why a place is not to be had here, for the names of tests; undefined where it is. */
export function placeAbsence(place: Place): string | undefined {
  if (place === "programs") return absence("mongod") ?? absence("redis-server");
  if (place === "embedded") return undefined;
  try {
    execFileSync("docker", ["image", "inspect", "mongo:8", "redis:8"], { stdio: "ignore" });
    return undefined;
  } catch {
    return " (skipped: no Docker engine with the images mongo:8 and redis:8)";
  }
}
