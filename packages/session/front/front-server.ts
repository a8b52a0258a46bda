import { readFile, rm, stat, truncate } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import type { Environment, HostPort } from "@drydock/core";
import type { FrontPlan, FrontSite } from "@drydock/nginx";
import { askPort } from "@drydock/processes";
import writeFileAtomic from "write-file-atomic";
import { askGeneration } from "./ask-generation.ts";
import { frontDidNotReload, frontDidNotStart } from "./errors.ts";
import type { FrontFolder } from "./front-folder.ts";
import { chooseFrontPorts, type FrontPorts, frontPortsFile } from "./front-ports.ts";
import { FrontProcess, type FrontProgram } from "./front-process.ts";

/** What a front is to serve now. */
export interface WantedFront {
  readonly environment: Environment;
  readonly sites: readonly FrontSite[];
  /** The certificate of the authority that signed the front's. */
  readonly authorityPath: string;
  /** The certificate's file is another one: it must be read again. */
  readonly hasNewCertificate: boolean;
  /** Who answers for the script in pages; undefined: they have none. */
  readonly pages: HostPort | undefined;
}

// The embedded edge reads whatever the newest nginx does.
const newest = "99.0.0";
const attempts = 5;
const longestLogBytes = 16 * 1024 ** 2;

/** The process that serves, its ports and its configuration. One call at a time is the caller's to see to. */
export class FrontServer {
  readonly #folder: FrontFolder;
  readonly #stateDirectory: string;
  readonly #program: Omit<FrontProgram, "directory" | "command">;
  readonly #serveCommand: readonly string[];
  #process: FrontProcess | undefined;
  #ports: FrontPorts | undefined;
  #served = "";
  #generation = 0;

  constructor(
    stateDirectory: string,
    folder: FrontFolder,
    serveCommand: readonly string[],
    program: Omit<FrontProgram, "directory" | "command">,
  ) {
    this.#stateDirectory = stateDirectory;
    this.#folder = folder;
    this.#serveCommand = serveCommand;
    this.#program = program;
  }

  /** Counts the configurations that were served. */
  get generation(): number {
    return this.#generation;
  }

  /** Resolves when the process that runs now has ended; at once when there is none. */
  get ended(): Promise<void> {
    return this.#process?.ended ?? Promise.resolve();
  }

  /**
   * Lets the process serve this: starts it, or reloads it where something is another. What was served before is served until then, and also when
   * this fails. @throws DevError FRONT_DID_NOT_START, FRONT_DID_NOT_RELOAD, FRONT_PORTS
   */
  async show(wanted: WantedFront): Promise<FrontPorts> {
    if (!this.#process?.isRunning || !this.#ports) return this.#start(wanted);
    await boundLog(this.#folder.accessLog);
    const text = await this.#textOf(wanted, this.#ports, "");
    if (text === this.#served && !wanted.hasNewCertificate) return this.#ports;
    const generation = this.#nextGeneration();
    await this.#write(await this.#textOf(wanted, this.#ports, generation));
    const answer = this.#process.nextLine(/^reloaded|old configuration goes on/);
    if (!this.#process.reload()) {
      await this.stop();
      return this.#start(wanted);
    }
    await answer;
    if ((await this.#ask(wanted, this.#ports)) !== generation) throw frontDidNotReload(this.#process.said);
    this.#served = text;
    return this.#ports;
  }

  /** Ends the process; resolves when its ports are free. */
  async stop(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    this.#served = "";
    await process?.stop();
  }

  async #start(wanted: WantedFront): Promise<FrontPorts> {
    const file = frontPortsFile(this.#stateDirectory);
    const refused = new Set<number>();
    await rm(this.#folder.accessLog, { force: true });
    for (let attempt = 1; ; attempt++) {
      const ports = await chooseFrontPorts(file.read(), wanted.environment, askPort, refused);
      const generation = this.#nextGeneration();
      await this.#write(await this.#textOf(wanted, ports, generation));
      await this.#process?.stop();
      const command = [...this.#serveCommand, "nginx", "--while-stdin", "--config", this.#folder.configuration];
      const process = new FrontProcess({ ...this.#program, command, directory: this.#folder.directory });
      this.#process = process;
      await process.nextLine(/for development/);
      if ((await this.#ask(wanted, ports)) === generation) {
        this.#ports = ports;
        this.#served = await this.#textOf(wanted, ports, "");
        file.write(ports);
        return ports;
      }
      await this.stop();
      // Somebody took the port between the question and the answer.
      if (attempt >= attempts || (await askPort(ports.https)) === "free")
        throw frontDidNotStart(process.said.at(-1) ?? "it said nothing", process.said);
      refused.add(ports.https);
    }
  }

  async #ask({ authorityPath }: WantedFront, { https }: FrontPorts): Promise<string | undefined> {
    return askGeneration(https, await readFile(authorityPath, "utf8"));
  }

  #nextGeneration(): string {
    this.#generation += 1;
    return `${process.pid}-${this.#generation}`;
  }

  async #textOf({ sites, pages }: WantedFront, { https, http }: FrontPorts, generation: string): Promise<string> {
    const { renderFront } = await import("@drydock/nginx");
    const plan: FrontPlan = {
      version: newest,
      listen: loopback().map((host) => `${host}:${https}`),
      plainListen: http === undefined ? [] : loopback().map((host) => `${host}:${http}`),
      certificate: this.#folder.certificate,
      key: this.#folder.certificate,
      accessLog: this.#folder.accessLog,
      sites,
      generation,
      resolver: undefined,
      ...(pages ? { pages } : {}),
    };
    return renderFront(plan);
  }

  async #write(text: string): Promise<void> {
    await writeFileAtomic(this.#folder.configuration, text, { mode: 0o600 });
  }
}

/** Empties a log that has become long. Who writes it appends, and goes on at its new end. */
async function boundLog(path: string): Promise<void> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size > longestLogBytes) await truncate(path);
}

/** Only this machine: names below localhost mean 127.0.0.1 and ::1 (RFC 6761, section 6.3). */
function loopback(): readonly string[] {
  const hasIPv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === "::1"));
  return hasIPv6 ? ["127.0.0.1", "[::1]"] : ["127.0.0.1"];
}
