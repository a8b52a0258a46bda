import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  type DevEvent,
  type Engine,
  type Environment,
  type Instance,
  instancesOf,
  isOneShot,
  type Service,
  systemClock,
} from "@drydock/core";
import { testEnvironment, testService } from "@drydock/testing";
import { findStrays } from "./find-strays.ts";
import { numbersOf } from "./host-targets.ts";
import { createLocalEngine } from "./local-engine.ts";
import type { DatabasePort, LocalEngineOptions } from "./options.ts";

let sessions = 0;

/** A service that runs `server.js`, which is told its port by a variable. */
export const portReader: Service = testService({
  name: "api",
  image: "node",
  command: ["node", "server.js"],
  environment: { PORT: "3000" },
});

/** A project folder with files, an engine on it, and all that happened. `remove` ends and removes everything, and says what was left. */
export class TestProject {
  readonly directory: string;
  readonly engine: Engine;
  readonly events: DevEvent[] = [];
  readonly life = new AbortController();

  private constructor(directory: string, engine: Engine) {
    this.directory = directory;
    this.engine = engine;
  }

  static async create(
    files: Readonly<Record<string, string>>,
    options: Partial<LocalEngineOptions> = {},
  ): Promise<TestProject> {
    const directory = await realpath(await mkdtemp(join(tmpdir(), "drydock-processes-")));
    await writeFiles(directory, files);
    const project = new TestProject(directory, testEngine(directory, options));
    await project.engine.watch(project.environment([]), (event) => project.events.push(event), project.life.signal);
    return project;
  }

  environment(services: readonly Service[], volumes: readonly string[] = []): Environment {
    return testEnvironment(this.directory, services, volumes);
  }

  /** Prepares, starts and awaits services in the order in which they are given. */
  async up(environment: Environment, names = environment.services.map(({ name }) => name)): Promise<void> {
    await this.prepare(environment, names);
    for (const name of names) {
      await this.start(environment, name);
      await this.ready(environment, name);
    }
  }

  prepare(environment: Environment, services: readonly string[]): Promise<void> {
    return this.#apply(environment, {
      kind: "prepare",
      id: "prepare",
      because: "",
      after: [],
      services,
      build: false,
      forceRecreate: false,
    });
  }

  async start(environment: Environment, service: string): Promise<void> {
    const found = environment.services.find(({ name }) => name === service);
    for (const number of found ? numbersOf(found) : []) {
      await this.#apply(environment, { kind: "start", id: "start", because: "", after: [], service, number });
    }
  }

  ready(environment: Environment, service: string): Promise<void> {
    const goal = isOneShot(service, environment.services) ? "done" : "ready";
    return this.#apply(environment, { kind: "ready", id: "ready", because: "", after: [], service, goal });
  }

  stop(environment: Environment, service: string, number = 1): Promise<void> {
    return this.#apply(environment, {
      kind: "stop",
      id: "stop",
      because: "",
      after: [],
      service,
      number,
      instance: "",
    });
  }

  /** Lets a second process take the place of the first, or stops what was before. */
  replaceOrRetire(kind: "replace" | "retire", environment: Environment, service: string): Promise<void> {
    return this.#apply(environment, { kind, id: kind, because: "", after: [], service, number: 1 });
  }

  async instances(environment: Environment, service: string): Promise<readonly Instance[]> {
    return instancesOf(await this.engine.observe(environment, this.life.signal), service);
  }

  /** The address of the only instance's first port. */
  async port(environment: Environment, service: string): Promise<number> {
    return (await this.instances(environment, service))[0]?.addresses[0]?.port ?? 0;
  }

  /** What a service wrote, in order. */
  lines(service: string): readonly string[] {
    return this.events.flatMap((event) => (event.kind === "log" && event.service === service ? [event.text] : []));
  }

  /** Its states in order, without repetitions. */
  states(service: string): readonly string[] {
    const all = this.events.flatMap((event) =>
      event.kind === "instance" && event.instance.service === service ? [event.instance.state] : [],
    );
    return all.filter((state, index) => state !== all[index - 1]);
  }

  notices(): readonly string[] {
    return this.events.flatMap((event) => (event.kind === "notice" ? [event.message] : []));
  }

  async remove(): Promise<readonly string[]> {
    this.life.abort();
    await this.engine.close();
    const left = await findStrays(this.directory);
    await rm(this.directory, { recursive: true, force: true });
    return left.map(({ label }) => label);
  }

  #apply(environment: Environment, step: Parameters<Engine["apply"]>[0]): Promise<void> {
    const emit = (event: DevEvent) => void this.events.push(event);
    return this.engine.apply(step, { environment, emit, signal: this.life.signal });
  }
}

/** An engine on a folder of a test. */
export function testEngine(directory: string, options: Partial<LocalEngineOptions> = {}): Engine {
  return createLocalEngine({
    stateDirectory: join(directory, ".dev"),
    sessionId: `test-${process.pid}-${++sessions}`,
    variables: definedVariables(),
    clock: systemClock,
    because: "it is a test",
    databases: redisOverSockets,
    renderNginx: () => ({ files: [], notices: [] }),
    ...options,
  });
}

export function definedVariables(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Asks a real Redis server over a socket; the product does it with its driver, which this package may not import. */
const redisOverSockets: DatabasePort = {
  probeMongo: () => Promise.reject(new Error("no test here runs a mongod")),
  initiateReplicaSet: () => Promise.reject(new Error("no test here runs a mongod")),
  probeRedis: ({ host, port }) =>
    new Promise((resolve) => {
      const socket = connect({ host, port }, () => socket.write("PING\r\n"));
      socket.once("data", (data) => {
        socket.destroy();
        resolve({ isReady: data.toString().startsWith("+PONG"), detail: data.toString().trim() });
      });
      socket.once("error", (error) => resolve({ isReady: false, detail: error.message }));
    }),
};

async function writeFiles(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
}

/** The processes whose working folder or environment names a directory, by pid (Linux). */
export async function processesIn(directory: string): Promise<readonly string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const environments = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/environ`, "utf8").catch(() => "")));
  return pids.filter((_, index) => environments[index]?.includes(`=${directory}`));
}
