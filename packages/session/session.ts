import {
  type Clock,
  DevError,
  type DevEvent,
  type Engine,
  type Environment,
  isOneShot,
  type Observed,
  type SessionEvent,
} from "@drydock/core";
import type { Settings } from "@drydock/settings";
import type { LogStore } from "@drydock/telemetry";
import { withCheckoutName } from "./checkout-name.ts";
import { withDebugging } from "./debug/with-debugging.ts";
import type { EngineFactory } from "./engine-factory.ts";
import { engineSwitch, nothingRuns, unstoredLines } from "./errors.ts";
import { EventHub } from "./event-hub.ts";
import type { StackFront } from "./front/stack-front.ts";
import { gitBranch } from "./git-branch.ts";
import { InstanceBoard } from "./instance-board.ts";
import { type LoadedProject, loadProject } from "./load-project.ts";
import { ReadyWaits } from "./ready-waits.ts";
import { type SessionRecord, writeSessionRecord } from "./session-record.ts";
import type { StateFolder } from "./state-folder.ts";
import type { StackSource } from "./supervisor.ts";

// A disk that is about to be full refuses some lines and takes others.
const unstoredEveryMs = 300_000;

/** What a session is made of. */
export interface SessionParts {
  readonly folder: StateFolder;
  readonly logs: LogStore;
  readonly engines: EngineFactory;
  readonly clock: Clock;
  /** Runs `dev serve` as a child; empty: our servers cannot be started. */
  readonly serveCommand?: readonly string[];
  /** Kept on disk as the stack changes; undefined: this session only looks, it neither listens nor records. */
  readonly record?: SessionRecord;
}

/** A stack that is loaded, with the engine that runs it. */
export interface Stack {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly engine: Engine;
}

/** One project while somebody looks after it: its stack, engine, instances, events and logs. The use cases work on it. */
export class Session {
  readonly folder: StateFolder;
  readonly logs: LogStore;
  readonly clock: Clock;
  readonly hub = new EventHub();
  readonly board = new InstanceBoard();
  readonly waits = new ReadyWaits((service) =>
    this.board.all.some((each) => each.service === service && each.state === "stopped"),
  );
  /** Runs `dev serve` as a child; empty: our servers cannot be started. */
  readonly serveCommand: readonly string[];
  /** Given by whoever supervises; undefined: the stack has none. */
  front: StackFront | undefined;
  readonly #engines: EngineFactory;
  readonly #end = new AbortController();
  #record: SessionRecord | undefined;
  #stack: Stack | undefined;
  #branch: string | undefined;
  #watching: AbortController | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #changes = 0;

  constructor(parts: SessionParts) {
    this.folder = parts.folder;
    this.logs = parts.logs;
    this.clock = parts.clock;
    this.serveCommand = parts.serveCommand ?? [];
    this.#engines = parts.engines;
    this.#record = parts.record;
    this.hub.subscribe(this.board.take);
    this.hub.subscribe((event) => {
      if (event.kind === "log") this.logs.append(event);
    });
    let toldAt = Number.NEGATIVE_INFINITY;
    this.logs.whenFailing((error) => {
      const at = this.clock.now();
      if (at - toldAt < unstoredEveryMs) return;
      toldAt = at;
      this.publish({ kind: "notice", at, level: "warning", ...unstoredLines(this.folder.logs, error) });
    });
  }

  /** Aborted when the session closes. */
  get ended(): AbortSignal {
    return this.#end.signal;
  }

  /** Marks every local process of this session; empty for one that only looks. */
  get id(): string {
    return this.#record?.sessionId ?? "";
  }

  get branch(): string | undefined {
    return this.#branch;
  }

  /** The stack of the last `load`. @throws DevError NOTHING_RUNS before the first */
  get stack(): Stack {
    if (!this.#stack) throw nothingRuns();
    return this.#stack;
  }

  get hasStack(): boolean {
    return this.#stack !== undefined;
  }

  /** Runs what changes the stack after everything before it that does: one at a time. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.#changes += 1;
    const result = this.#queue.then(work, work);
    const done = () => {
      this.#changes -= 1;
    };
    this.#queue = result.then(done, done);
    return result;
  }

  /** Whether something changes the stack now, or is about to: what does not answer may do so in a moment. */
  get isChanging(): boolean {
    return this.#changes > 0;
  }

  publish = (event: DevEvent): void => this.hub.publish(event);

  /**
   * Reads the files anew, takes an engine on the first call, and listens to it.
   * @throws DevError BAD_CONFIGURATION, CONFIG_DOES_NOT_LOAD, ENGINE_SWITCH, NO_DOCKER
   */
  async load(source: StackSource, services: readonly string[], signal: AbortSignal): Promise<Stack> {
    const named = withDebugging(withCheckoutName(source, this.folder), this.folder, services);
    return this.adopt(await loadProject(named, services), named, signal);
  }

  /** Takes over a stack that was read already. @throws DevError ENGINE_SWITCH, NO_DOCKER */
  async adopt(loaded: LoadedProject, source: StackSource, signal: AbortSignal): Promise<Stack> {
    const current = this.#stack?.engine;
    if (current && source.engine && current.description.kind !== source.engine)
      throw engineSwitch(current.description.kind, source.engine);
    const { engine, environment: found } = await this.#engines({
      source,
      environment: loaded.environment,
      folder: this.folder,
      sessionId: this.#record?.sessionId ?? "",
      hasFront: this.front !== undefined && loaded.settings.front.isOn,
      ...(current ? { current } : {}),
      storeLogs: () => this.logs.flush(),
      signal,
    });
    const environment = await this.#withFront(found, loaded.settings, engine);
    const isNew = JSON.stringify(environment) !== JSON.stringify(this.#stack?.environment);
    this.#stack = { environment, settings: loaded.settings, engine };
    this.#branch = await gitBranch(environment.directory);
    if (this.#record) {
      this.#record = { ...this.#record, project: environment.project, engine: engine.description.kind };
      await writeSessionRecord(this.folder.session, this.#record);
    }
    this.publish(this.describe());
    for (const message of loaded.notices)
      this.publish({ kind: "notice", at: this.clock.now(), level: "warning", message });
    if (isNew && this.#record) await this.#watch(this.#stack);
    return this.#stack;
  }

  /** Asks the engine what exists, and tells every reader what changed. */
  async observe(signal: AbortSignal): Promise<Observed> {
    const { engine, environment } = this.stack;
    const observed = await engine.observe(environment, signal);
    this.board.correct(observed, this.publish, this.clock.now());
    return observed;
  }

  describe(): SessionEvent {
    const { environment, engine } = this.stack;
    return {
      kind: "session",
      at: this.clock.now(),
      project: environment.project,
      directory: environment.directory,
      ...(this.#branch === undefined ? {} : { branch: this.#branch }),
      engine: engine.description,
      services: environment.services.map(({ name, replicas, dependencies }) => ({
        name,
        replicas,
        isOneShot: isOneShot(name, environment.services),
        dependsOn: dependencies.map((edge) => edge.service),
      })),
    };
  }

  /** Lets go of the engine and the log store. Local services end with it, containers stay. */
  async close(): Promise<void> {
    this.#end.abort(new DevError("SESSION_CLOSED", "The stack was taken down by another command meanwhile."));
    this.#watching?.abort();
    await this.#stack?.engine.close();
    await this.logs.close();
  }

  /** Containers reach the front where the settings say so. */
  async #withFront(environment: Environment, settings: Settings, { description }: Engine): Promise<Environment> {
    const { isOn, isForContainers } = settings.front;
    if (!this.front || !isOn || !isForContainers || description.kind !== "docker") return environment;
    const { giveContainersAccess } = await import("./front/containers/give-access.ts");
    return giveContainersAccess(environment, settings, this.folder.directory);
  }

  async #watch({ engine, environment }: Stack): Promise<void> {
    this.#watching?.abort();
    this.#watching = new AbortController();
    await engine.watch(environment, this.publish, this.#watching.signal);
  }
}
