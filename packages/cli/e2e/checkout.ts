import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../bin/dev.js", import.meta.url));
const starter = fileURLToPath(new URL("../../../templates/starter", import.meta.url));

/** What a run of the built program came to. */
export interface DevRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that goes on. */
export interface RunningDev {
  /** Both streams, so far. */
  readonly output: string;
  readonly exitCode: Promise<number>;
  interrupt(): void;
}

/** A folder of its own with a stack in it, and `dev` as a user runs it there. */
export class Checkout {
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;

  private constructor(directory: string, variables: Readonly<Record<string, string>>) {
    this.directory = directory;
    this.variables = variables;
  }

  /** A copy of the starter, with a project name of its own and a free port for its proxy. */
  static async ofStarter(name: string, engine: "docker" | "local"): Promise<Checkout> {
    const directory = await mkdtemp(join(tmpdir(), `drydock-${name}-`));
    await cp(starter, directory, {
      recursive: true,
      filter: (path) => !/node_modules|\/\.dev$/.test(path.slice(starter.length)),
    });
    const port = await freePort();
    const variables = { PROXY_PORT: String(port), COMPOSE_PROJECT_NAME: `${name}-${port}` };
    return new Checkout(directory, { ...plainVariables(), ...variables, ...engineVariables(engine) });
  }

  /** A folder with these files. */
  static async of(
    files: Readonly<Record<string, string>>,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<Checkout> {
    const directory = await mkdtemp(join(tmpdir(), "drydock-e2e-"));
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), text);
    }
    return new Checkout(directory, { ...plainVariables(), ...variables });
  }

  get url(): string {
    return `http://127.0.0.1:${this.variables.PROXY_PORT}`;
  }

  dev(...args: readonly string[]): Promise<DevRun> {
    return run(process.execPath, [program, ...args], this.directory, this.variables);
  }

  /** Starts it and leaves it running. */
  start(...args: readonly string[]): RunningDev {
    const child = spawn(process.execPath, [program, ...args], { cwd: this.directory, env: this.variables });
    const running = {
      output: "",
      exitCode: new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1))),
      interrupt: () => child.kill("SIGINT"),
    };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        running.output += text;
      });
    return running;
  }

  /** The same; fails the test unless it exits with 0. */
  async devOk(...args: readonly string[]): Promise<DevRun> {
    const result = await this.dev(...args);
    if (result.exitCode !== 0)
      throw new Error(`dev ${args.join(" ")} exited with ${result.exitCode}\n${result.stdout}${result.stderr}`);
    return result;
  }

  async status(): Promise<StatusDocument> {
    return JSON.parse((await this.devOk("status", "--json")).stdout) as StatusDocument;
  }

  /** Takes everything down with its data, also after a failure, and removes the folder. */
  async remove(): Promise<void> {
    await this.dev("down", "--volumes", "--yes");
    if (this.variables.DOCKER_HOST?.startsWith("unix:///nonexistent") !== true)
      await removeImages(this.directory, this.variables);
    await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Removes the images that Compose built for a folder, where there is a docker CLI. */
export async function removeImages(directory: string, variables: Readonly<Record<string, string>>): Promise<void> {
  await run("docker", ["compose", "down", "--volumes", "--rmi", "local"], directory, variables).catch(() => undefined);
}

/** The part of `dev status --json` that tests read. */
export interface StatusDocument {
  readonly project: string;
  readonly supervisorPid?: number;
  readonly url?: string;
  readonly engine: { readonly kind: string };
  readonly services: readonly {
    readonly name: string;
    readonly state: string;
    readonly urls: readonly string[];
    readonly instances: readonly { readonly id: string; readonly state: string }[];
  }[];
}

/** Runs a program to its end and keeps what it wrote. */
export function run(
  command: string,
  args: readonly string[],
  directory: string,
  variables: Readonly<Record<string, string>>,
): Promise<DevRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: directory, env: variables, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        output[stream] += text;
      });
    child.once("error", reject);
    child.once("close", (code) => resolve({ exitCode: code ?? -1, ...output }));
  });
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** What a user's shell would pass on, without what this test run adds. */
export function plainVariables(): Readonly<Record<string, string>> {
  const { PATH = "", HOME = "", TMPDIR, DOCKER_HOST, npm_config_cache, NODE_EXTRA_CA_CERTS } = process.env;
  const optional = { TMPDIR, DOCKER_HOST, npm_config_cache, NODE_EXTRA_CA_CERTS };
  const set = Object.entries(optional).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return { PATH, HOME, LANG: "C.UTF-8", ...Object.fromEntries(set) };
}

/** Where no engine is wanted, none is found: the address of nobody. */
function engineVariables(engine: "docker" | "local"): Readonly<Record<string, string>> {
  return engine === "docker" ? {} : { DOCKER_HOST: "unix:///nonexistent/docker.sock" };
}

/** The text of a file in a checkout's state folder. */
export function readState(checkout: Checkout, name: string): Promise<string> {
  return readFile(join(checkout.directory, ".dev", name), "utf8");
}
