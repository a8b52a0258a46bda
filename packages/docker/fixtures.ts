import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ApplyContext,
  type DevEvent,
  type Engine,
  type Environment,
  type Instance,
  type Service,
  systemClock,
} from "@drydock/core";
import { execa } from "execa";
import { createDockerEngine } from "./docker-engine.ts";
import { type FoundDocker, isFound } from "./docker-host.ts";
import { createMemoryState, type DockerState } from "./docker-state.ts";
import { findDocker } from "./find-docker.ts";
import { createMemoryCursors, type LogCursors } from "./log-cursors.ts";

/** The engine of this machine; undefined where none answers, so that tests can say why they skip. */
export async function dockerForTests(): Promise<FoundDocker | undefined> {
  const answer = await findDocker({ variables: process.env, home: homedir(), signal: AbortSignal.timeout(10_000) });
  return isFound(answer) ? answer : undefined;
}

/** What a test says of one service: Compose's own keys, and what differs from the usual in core's words. */
export interface ServiceFixture {
  readonly compose: Readonly<Record<string, unknown>>;
  readonly core?: Partial<Service>;
}

/** A stack in a temporary folder, an engine for it, and all that it told. */
export class StackFixture {
  readonly engine: Engine;
  readonly environment: Environment;
  readonly events: DevEvent[] = [];
  readonly state: DockerState;
  readonly cursors: LogCursors;
  readonly #ending = new AbortController();

  constructor(
    docker: FoundDocker,
    services: Readonly<Record<string, ServiceFixture>>,
    from?: Pick<StackFixture, "environment" | "state" | "cursors">,
  ) {
    this.environment = from?.environment ?? writeStack(services);
    this.state = from?.state ?? createMemoryState();
    this.cursors = from?.cursors ?? createMemoryCursors();
    this.engine = createDockerEngine({
      host: docker,
      state: this.state,
      clock: systemClock,
      folder: join(this.environment.directory, ".dev"),
      variables: () => process.env as Record<string, string>,
      logCursors: this.cursors,
    });
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  get context(): ApplyContext {
    return { environment: this.environment, emit: (event) => this.events.push(event), signal: this.signal };
  }

  async prepare(
    more: { readonly build?: boolean; readonly forceRecreate?: boolean; readonly services?: readonly string[] } = {},
  ) {
    const services = more.services ?? this.environment.services.map(({ name }) => name);
    const { build = false, forceRecreate = false } = more;
    await this.engine.apply(
      { kind: "prepare", id: "p", because: "test", after: [], services, build, forceRecreate },
      this.context,
    );
  }

  async start(service: string, number = 1) {
    await this.engine.apply({ kind: "start", id: "s", because: "test", after: [], service, number }, this.context);
  }

  async ready(service: string, goal: "ready" | "done" = "ready") {
    await this.engine.apply({ kind: "ready", id: "r", because: "test", after: [], service, goal }, this.context);
  }

  async stop(service: string, number = 1) {
    const instance = (await this.instance(service, number))?.id ?? "";
    await this.engine.apply(
      { kind: "stop", id: "t", because: "test", after: [], service, number, instance },
      this.context,
    );
  }

  async remove(service: string, number = 1) {
    const instance = (await this.instance(service, number))?.id ?? "";
    await this.engine.apply(
      { kind: "remove", id: "m", because: "test", after: [], service, number, instance },
      this.context,
    );
  }

  async watch() {
    await this.engine.watch(this.environment, this.context.emit, this.signal);
  }

  async instance(service: string, number = 1): Promise<Instance | undefined> {
    const { instances } = await this.engine.observe(this.environment, this.signal);
    return instances.find((each) => each.service === service && each.number === number);
  }

  /** The texts that a service logged, in the order in which they were told. */
  logged(service: string): readonly string[] {
    return this.events.flatMap((event) => (event.kind === "log" && event.service === service ? [event.text] : []));
  }

  /** Takes everything away that carries the project's name, with plain Compose, and closes the engine. */
  async end() {
    this.#ending.abort();
    await this.engine.close();
    const { project, directory } = this.environment;
    await execa("docker", ["compose", "-p", project, "down", "-v", "-t", "0", "--remove-orphans"], {
      cwd: directory,
      reject: false,
    });
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What is left on the engine of a project: containers, networks and volumes. */
export async function remainsOf(project: string): Promise<readonly string[]> {
  const filter = ["--filter", `label=com.docker.compose.project=${project}`];
  const lists = await Promise.all([
    execa("docker", ["ps", "-aq", ...filter], { lines: true }),
    execa("docker", ["network", "ls", "-q", ...filter], { lines: true }),
    execa("docker", ["volume", "ls", "-q", ...filter], { lines: true }),
  ]);
  return lists.flatMap(({ stdout }) => stdout);
}

function writeStack(services: Readonly<Record<string, ServiceFixture>>): Environment {
  const directory = mkdtempSync(join(tmpdir(), "drydock-docker-"));
  const file = join(directory, "docker-compose.yml");
  const project = `drydock-test-${directory.slice(-6).toLowerCase()}-${process.pid}`;
  mkdirSync(join(directory, ".dev"));
  const compose = Object.fromEntries(Object.entries(services).map(([name, each]) => [name, each.compose]));
  writeFileSync(file, JSON.stringify({ services: compose, volumes: { data: {} } }));
  return {
    project,
    directory,
    files: [file],
    envFiles: [],
    profiles: [],
    services: Object.entries(services).map(([name, each]) => coreService(name, each)),
    networks: [{ name: "default", engineName: `${project}_default`, isExternal: false }],
    volumes: [{ name: "data", engineName: `${project}_data`, isExternal: false }],
  };
}

function coreService(name: string, { compose, core }: ServiceFixture): Service {
  return {
    name,
    ...(typeof compose.image === "string" ? { image: compose.image } : {}),
    environment: {},
    dependencies: [],
    ports: [],
    expose: [],
    mounts: [],
    replicas: 1,
    restart: { kind: "no" },
    stopSignal: "SIGTERM",
    stopGracePeriodMs: 10_000,
    profiles: [],
    dev: { pin: false },
    definition: compose,
    ...core,
  };
}

/** A Compose service that runs a script with Node. */
export function node(script: string): { readonly image: string; readonly command: readonly string[] } {
  return { image: "node:24-slim", command: ["node", "-e", script] };
}

/** A script that runs until it is asked to stop. */
export const forever = 'process.on("SIGTERM", () => process.exit(0)); setInterval(() => {}, 1e3);';

/** A port of this machine that nobody holds now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
