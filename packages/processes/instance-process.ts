import { randomUUID } from "node:crypto";
import {
  type Clock,
  type HealthReport,
  type Instance,
  type InstanceState,
  type Service,
  serviceFingerprint,
} from "@drydock/core";
import { cannotStart, stillRunning } from "./errors.ts";
import type { Guardian } from "./guardian.ts";
import { isGroupGone } from "./is-group-gone.ts";
import type { Launch } from "./launch.ts";
import { signalGroup } from "./process-group.ts";
import { RecentLines } from "./recent-lines.ts";
import { decideRestart } from "./restart-policy.ts";
import { type Exit, type Run, runProcess, type TakeLine } from "./run-process.ts";
import { stopSignalOf } from "./stop-signal.ts";
import { watchHealth } from "./watch-health.ts";

/** What an instance needs from the engine. */
export interface InstanceHost {
  readonly clock: Clock;
  readonly guardian: Guardian;
  readonly takeLine: TakeLine;
  /** The instance is another now. */
  readonly onChange: (instance: Instance) => void;
}

const killWaitMs = 5_000;

/** One instance of a service: the process group that runs now, or none, and what became of it. */
export class InstanceProcess {
  readonly service: Service;
  /** Marks its processes, apart from those of another that takes its place. */
  readonly runId: string = randomUUID();
  readonly recent = new RecentLines();
  lastHealth: HealthReport | undefined;
  /** Exits that nobody asked for since `start`, with their reasons. */
  exits: readonly string[] = [];
  readonly #host: InstanceHost;
  readonly #isOneShot: boolean;
  readonly #listeners = new Set<() => void>();
  #launch: Launch;
  #instance: Instance;
  #run: Run | undefined;
  #life = new AbortController();
  #health = new AbortController();

  constructor(service: Service, number: number, isOneShot: boolean, launch: Launch, host: InstanceHost) {
    this.service = service;
    this.#isOneShot = isOneShot;
    this.#launch = launch;
    this.#host = host;
    this.#instance = {
      service: service.name,
      number,
      id: "",
      state: "stopped",
      reason: "not started",
      addresses: launch.addresses,
      provider: launch.provider,
      restarts: 0,
      fingerprint: serviceFingerprint(service),
    };
  }

  get instance(): Instance {
    return this.#instance;
  }

  get launch(): Launch {
    return this.#launch;
  }

  /** It runs, or will again by itself. */
  get isRunning(): boolean {
    return ["starting", "ready", "unhealthy", "restarting"].includes(this.#instance.state);
  }

  /** The process group that runs now. */
  get group(): number | undefined {
    return this.#run?.group;
  }

  /** It exists and is not started yet, for this reason. */
  wait(reason: string): void {
    this.#become("waiting", reason);
  }

  /** Starts it. Resolves when the process exists. @throws DevError CANNOT_START */
  async start(): Promise<void> {
    this.#life = new AbortController();
    this.exits = [];
    this.recent.clear();
    await this.#spawn(this.#life.signal, undefined);
  }

  /** Tells how it is, though nothing has changed. */
  tell(): void {
    this.#change(this.#instance);
  }

  /** It goes on, though it was to be replaced. */
  outlive(): void {
    const reason = "what was saved last does not become ready: this is the process before it";
    this.#change({ ...this.#instance, reason, isOutdated: true });
  }

  /** Stops the whole group: the stop signal, the grace period, SIGKILL. Resolves when nothing of it is left. @throws DevError STILL_RUNNING */
  async stop(): Promise<void> {
    this.#life.abort(new Error("stopped"));
    const run = this.#run;
    if (run) {
      signalGroup(run.group, stopSignalOf(this.service));
      if (!(await isGroupGone(run, this.service.stopGracePeriodMs))) {
        signalGroup(run.group, "SIGKILL");
        if (!(await isGroupGone(run, killWaitMs))) throw stillRunning(this.service.name, run.group);
      }
      this.#host.guardian.release(run.group);
      this.#run = undefined;
    }
    if (this.#instance.state !== "done" && this.#instance.state !== "failed") this.#become("stopped", "stopped");
  }

  /** Resolves when `holds` is true of it, at once or after a change. */
  until<T>(holds: (instance: Instance) => T | undefined, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        this.#listeners.delete(check);
        signal.removeEventListener("abort", onAbort);
        act();
      };
      const onAbort = () => settle(() => reject(signal.reason));
      const check = () => {
        try {
          const value = holds(this.#instance);
          if (value !== undefined) settle(() => resolve(value));
        } catch (error) {
          settle(() => reject(error));
        }
      };
      if (signal.aborted) return reject(signal.reason);
      this.#listeners.add(check);
      signal.addEventListener("abort", onAbort, { once: true });
      check();
    });
  }

  async #spawn(life: AbortSignal, lastDelayMs: number | undefined): Promise<void> {
    const startedAt = this.#host.clock.now();
    const environment = { ...this.#launch.environment, DRYDOCK_RUN: this.runId };
    const run = await runProcess({ ...this.#launch, environment }, (stream, text) => {
      this.recent.push(text);
      this.#host.takeLine(stream, text);
    }).catch((cause: unknown) => {
      const error = cannotStart(this.service.name, this.#launch, cause);
      this.#become("failed", error.message);
      throw error;
    });
    if (life.aborted) return signalGroup(run.group, "SIGKILL"); // stopped while it was being started
    this.#host.guardian.guard(run.group);
    this.#run = run;
    const { exitCode: _, isOutdated: __, ...rest } = this.#instance;
    this.#change({ ...rest, id: String(run.group), startedAt, state: "starting", reason: "started" });
    void this.#supervise(run, life, lastDelayMs, startedAt);
  }

  /** It listens elsewhere than it was told: from now on it is asked there. */
  relocate({ addresses, health }: Launch): void {
    this.#launch = { ...this.#launch, addresses, health };
    this.#change({ ...this.#instance, addresses });
    if (this.#run && !this.#isOneShot) this.#watchHealth(this.#life.signal);
  }

  #watchHealth(life: AbortSignal): void {
    this.#health.abort(new Error("another watch began"));
    this.#health = new AbortController();
    const reader = {
      onReady: (reason: string) => this.#become("ready", reason),
      onNotYet: (reason: string) => {
        if (this.#instance.state === "starting") this.#become("starting", `not ready yet: ${reason}`);
      },
      onUnhealthy: (reason: string) => this.#become("unhealthy", reason),
      onReport: (report: HealthReport) => {
        this.lastHealth = report;
      },
    };
    const signal = AbortSignal.any([life, this.#health.signal]);
    void watchHealth(this.#launch.health, reader, this.#host.clock, signal);
  }

  async #supervise(run: Run, life: AbortSignal, lastDelayMs: number | undefined, startedAt: number): Promise<void> {
    if (!this.#isOneShot) this.#watchHealth(life);
    const exit = await run.ended;
    this.#health.abort(new Error("exited"));
    if (life.aborted) return; // stop() does the rest
    // As in a container, where all ends with the first process.
    signalGroup(run.group, "SIGKILL");
    this.#host.guardian.release(run.group);
    this.#run = undefined;
    await this.#afterExit(exit, life, lastDelayMs, startedAt);
  }

  async #afterExit(exit: Exit, life: AbortSignal, lastDelayMs: number | undefined, startedAt: number): Promise<void> {
    const { clock } = this.#host;
    this.exits = [...this.exits, exit.reason];
    const { restarts } = this.#instance;
    const ending = { exitCode: exit.code, ranMs: clock.now() - startedAt, lastDelayMs, restarts };
    const next =
      this.#isOneShot && exit.code === 0 ? ({ kind: "stay" } as const) : decideRestart(this.service.restart, ending);
    if (next.kind === "stay") {
      this.#change({
        ...this.#instance,
        state: exit.code === 0 ? "done" : "failed",
        reason: exit.reason,
        exitCode: exit.code,
      });
      return;
    }
    // Said once and true until then: it is no clock that runs.
    const reason = `${exit.reason}, again after ${next.delayMs / 1000} s`;
    this.#change({ ...this.#instance, state: "restarting", reason, exitCode: exit.code, restarts: restarts + 1 });
    try {
      await clock.sleep(next.delayMs, life);
    } catch {
      return; // stopped meanwhile
    }
    await this.#spawn(life, next.delayMs).catch(() => {}); // it is in the state "failed", with the reason
  }

  #become(state: InstanceState, reason: string): void {
    if (this.#instance.state === state && this.#instance.reason === reason) return;
    this.#change({ ...this.#instance, state, reason });
  }

  #change(instance: Instance): void {
    this.#instance = instance;
    this.#host.onChange(instance);
    for (const listener of [...this.#listeners]) listener();
  }
}
