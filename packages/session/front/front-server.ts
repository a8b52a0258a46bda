import { readFile, rename, rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Environment, HostPort } from "@drydock/core";
import type { FrontPlan } from "@drydock/nginx";
import { askPort } from "@drydock/processes";
import writeFileAtomic from "write-file-atomic";
import { askGeneration } from "./ask-generation.ts";
import { frontDidNotReload, frontDidNotStart } from "./errors.ts";
import type { FrontFolder } from "./front-folder.ts";
import { chooseFrontPorts, type FrontPorts, frontPortsFile } from "./front-ports.ts";
import { FrontProcess, type FrontProgram } from "./front-process.ts";
import type { FrontSoftware } from "./front-software.ts";
import { loopbackHosts } from "./loopback-hosts.ts";

/** What a front is to serve now. */
export interface WantedFront extends Pick<FrontPlan, "sites"> {
  readonly environment: Environment;
  /** The certificate of the authority that signed the front's. */
  readonly authorityPath: string;
  /** The certificate's file is another one: it must be read again. */
  readonly hasNewCertificate: boolean;
  /** Who answers for the script in pages; undefined: they have none. */
  readonly pages: HostPort | undefined;
  /** Where requests wait for a service that does not answer. */
  readonly waitingRoom: HostPort | undefined;
  /** Addresses besides loopback. */
  readonly addresses: readonly string[];
}

/** What a front's server is made with. */
export interface FrontServerParts {
  readonly stateDirectory: string;
  readonly folder: FrontFolder;
  /** Best first. One that refuses the configuration at the start, or does not start, gives way to the next. */
  readonly choice: readonly FrontSoftware[];
  readonly program: Omit<FrontProgram, "directory" | "software">;
  /** Told why one gave way to another: what follows its name in a sentence. */
  readonly onGivingWay: (from: FrontSoftware, to: FrontSoftware, because: string) => void;
}

const attempts = 5;
// After a reload, a worker of before may take a connection for an instant.
const readBackMs = 3_000;
const askAgainMs = 50;

/** The process that serves, its ports and its configuration. One call at a time is the caller's to see to. */
export class FrontServer {
  readonly #parts: FrontServerParts;
  #choice: readonly FrontSoftware[];
  #process: FrontProcess | undefined;
  #ports: FrontPorts | undefined;
  #served = "";
  #generation = 0;
  #draining: Promise<unknown> = Promise.resolve();

  constructor(parts: FrontServerParts) {
    this.#parts = parts;
    this.#choice = parts.choice;
  }

  /** Resolves when the process that runs now has ended; at once when there is none. */
  get ended(): Promise<void> {
    return this.#process?.ended ?? Promise.resolve();
  }

  /** Resolves when no request is under way with anything that was served before the last `show`: what it led to may be stopped then. */
  async drained(): Promise<void> {
    await this.#draining;
  }

  /** Counts the configurations that were served. */
  get generation(): number {
    return this.#generation;
  }

  /** What serves, or would. */
  get software(): FrontSoftware {
    const [first] = this.#choice;
    if (!first) throw frontDidNotStart("nothing here can serve it", []);
    return first;
  }

  /**
   * Lets the process serve this: starts it, or reloads it where something is another. What was served before is served until then, and also when
   * this fails. @throws DevError FRONT_DID_NOT_START, FRONT_DID_NOT_RELOAD, FRONT_PORTS
   */
  async show(wanted: WantedFront): Promise<FrontPorts> {
    const { folder } = this.#parts;
    const ports = this.#ports;
    if (!this.#process?.isRunning || !ports) return this.#start(wanted);
    const text = await this.#textOf(wanted, ports, "");
    if (text === this.#served && !wanted.hasNewCertificate) return ports;
    const generation = this.#nextGeneration();
    const next = await this.#textOf(wanted, ports, generation);
    const complaints = await this.#propose(next);
    if (complaints.length > 0) throw frontDidNotReload(complaints);
    const before = await readFile(folder.configuration, "utf8");
    await rename(folder.proposal, folder.configuration);
    const [retired, gone] = [this.#process.retired(), this.#process.gone()];
    const answer = this.#process.nextLine(this.software.reloaded);
    if (!this.#process.reload()) {
      await this.stop();
      return this.#start(wanted);
    }
    await answer;
    if (!(await this.#readsBack(generation, wanted, ports))) {
      // A later reload must not come to it by itself.
      await this.#write(before);
      throw frontDidNotReload(this.#process.said);
    }
    await retired;
    this.#draining = Promise.all([this.#draining, gone]);
    this.#served = text;
    return ports;
  }

  /** Ends the process; resolves when its ports are free. */
  async stop(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    this.#served = "";
    await process?.stop();
  }

  async #start(wanted: WantedFront): Promise<FrontPorts> {
    const { folder, stateDirectory, program } = this.#parts;
    const file = frontPortsFile(stateDirectory);
    let refused: readonly number[] = [];
    await rm(folder.accessLog, { force: true });
    await this.#process?.stop();
    for (;;) {
      const ports = await chooseFrontPorts(file.read(), wanted.environment, askPort, new Set(refused));
      const generation = this.#nextGeneration();
      await this.#prepareStart(wanted, ports, generation);
      const process = new FrontProcess({ ...program, software: this.software, directory: folder.directory });
      this.#process = process;
      await process.nextLine(this.software.begun);
      if (process.isRunning && (await this.#readsBack(generation, wanted, ports))) {
        this.#ports = ports;
        this.#served = await this.#textOf(wanted, ports, "");
        file.write(ports);
        return ports;
      }
      const reason = process.isRunning ? `it does not answer at 127.0.0.1:${ports.https}` : process.said.at(-1);
      await this.stop();
      // Somebody took the port between the question and the answer.
      if (refused.length + 1 < attempts && (await askPort(ports.https)) !== "free") refused = [...refused, ports.https];
      else {
        this.#giveWay("did not start", reason ?? "it said nothing", process.said);
        refused = [];
      }
    }
  }

  /** Writes the configuration for the best software that takes it. */
  async #prepareStart(wanted: WantedFront, ports: FrontPorts, generation: string): Promise<void> {
    for (;;) {
      const complaints = await this.#propose(await this.#textOf(wanted, ports, generation));
      if (complaints.length === 0) break;
      this.#giveWay("refuses the front's configuration", complaints[0] ?? "", complaints);
    }
    await rename(this.#parts.folder.proposal, this.#parts.folder.configuration);
  }

  /** The next software is to serve. @throws DevError FRONT_DID_NOT_START where there is none */
  #giveWay(act: string, reason: string, said: readonly string[]): void {
    const [from, ...others] = this.#choice;
    const [to] = others;
    if (!from || !to) throw frontDidNotStart(reason, said);
    this.#choice = others;
    this.#parts.onGivingWay(from, to, `${act}: ${reason}`);
  }

  /** Writes a text beside the one that is served, and says what its reader has against it. */
  async #propose(text: string): Promise<readonly string[]> {
    const { proposal } = this.#parts.folder;
    await writeFileAtomic(proposal, text, { mode: 0o600 });
    return this.software.check(proposal);
  }

  /** Whether this generation is what one is answered with. */
  async #readsBack(generation: string, { authorityPath }: WantedFront, { https }: FrontPorts): Promise<boolean> {
    const authority = await readFile(authorityPath, "utf8");
    const end = performance.now() + readBackMs;
    for (;;) {
      const answer = await askGeneration(https, authority);
      if (answer === generation) return true;
      if (performance.now() > end || !this.#process?.isRunning) return false;
      // No answer says nothing yet: a machine under work may have been too slow for it.
      if (answer === undefined) await pause(askAgainMs);
    }
  }

  #nextGeneration(): string {
    this.#generation += 1;
    return `${process.pid}-${this.#generation}`;
  }

  async #textOf(wanted: WantedFront, { https, http }: FrontPorts, generation: string): Promise<string> {
    const { renderFront } = await import("@drydock/nginx");
    const { certificate, accessLog } = this.#parts.folder;
    const { version, temporaryFolder } = this.software;
    const plan: FrontPlan = {
      version,
      listen: [...loopbackHosts(), ...wanted.addresses].map((host) => `${host}:${https}`),
      plainListen: http === undefined ? [] : loopbackHosts().map((host) => `${host}:${http}`),
      certificate,
      key: certificate,
      accessLog,
      sites: wanted.sites,
      generation,
      resolver: undefined,
      ...(wanted.pages ? { pages: wanted.pages } : {}),
      ...(wanted.waitingRoom ? { waitingRoom: wanted.waitingRoom } : {}),
      ...(temporaryFolder === undefined ? {} : { temporaryFolder }),
    };
    return this.software.complete(renderFront(plan));
  }

  async #write(text: string): Promise<void> {
    await writeFileAtomic(this.#parts.folder.configuration, text, { mode: 0o600 });
  }
}
