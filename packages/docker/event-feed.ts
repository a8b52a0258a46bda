import type { Clock } from "@drydock/core";
import type { EngineApi } from "./engine-api.ts";
import { projectLabel } from "./labels.ts";

/** What the engine says of a project's containers, and how the connection that says it fares. */
export type FeedEvent =
  | {
      readonly kind: "container";
      readonly id: string;
      /** `start`, `die`, `destroy`, `health_status: healthy`, `oom`, `rename` and so on (docker system events, containers). */
      readonly action: string;
      readonly exitCode: number | undefined;
    }
  | { readonly kind: "lost"; readonly reason: string }
  | { readonly kind: "back" };

type Listener = (event: FeedEvent) => void;

// After a loss: at once, then twice as long each time, never rarer than every five seconds.
const firstRetryMs = 100;
const lastRetryMs = 5_000;

/** The one connection over which the engine tells what happens to a project. It is opened by the first listener and re-made when it breaks. */
export class EventFeed {
  readonly #api: EngineApi;
  readonly #project: string;
  readonly #clock: Clock;
  readonly #listeners = new Set<Listener>();
  readonly #closing = new AbortController();
  #opened: Promise<void> | undefined;
  #since: number | undefined;

  constructor(api: EngineApi, project: string, clock: Clock) {
    this.#api = api;
    this.#project = project;
    this.#clock = clock;
  }

  /** Listens from now on; resolves when the engine has begun to tell. @throws EngineFailure when it does not answer */
  async subscribe(listener: Listener): Promise<() => void> {
    this.#listeners.add(listener);
    this.#opened ??= this.#open();
    try {
      await this.#opened;
    } catch (error) {
      this.#listeners.delete(listener);
      this.#opened = undefined;
      throw error;
    }
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#closing.abort();
    this.#listeners.clear();
  }

  async #open(): Promise<void> {
    const stream = await this.#connect();
    void this.#read(stream);
  }

  #connect() {
    return this.#api.events([`${projectLabel}=${this.#project}`], this.#since, this.#closing.signal);
  }

  async #read(stream: NodeJS.ReadableStream): Promise<void> {
    let current: NodeJS.ReadableStream | undefined = stream;
    let retryMs = firstRetryMs;
    let reason = "the engine closed the connection";
    while (!this.#closing.signal.aborted) {
      try {
        current ??= await this.#connect();
        if (current !== stream) this.#tell({ kind: "back" });
        retryMs = firstRetryMs;
        reason = "the engine closed the connection";
        await this.#readLines(current);
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
      }
      if (this.#closing.signal.aborted) return;
      if (current) this.#tell({ kind: "lost", reason });
      current = undefined;
      await this.#clock.sleep(retryMs, this.#closing.signal).catch(() => undefined);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    }
  }

  async #readLines(stream: NodeJS.ReadableStream): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const chunk of stream) {
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const event = readEvent(line);
        if (!event) continue;
        this.#since = event.since;
        if (!event.action.startsWith("exec_")) this.#tell(event);
      }
    }
  }

  #tell(event: FeedEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

type ContainerEvent = FeedEvent & { readonly kind: "container" };

/** Reads one line of `GET /events`; undefined where it is none. */
export function readEvent(line: string): (ContainerEvent & { readonly since: number }) | undefined {
  if (line.trim() === "") return undefined;
  const { Action, Actor, timeNano } = JSON.parse(line) as {
    Action?: string;
    Actor?: { ID?: string; Attributes?: Record<string, string> };
    timeNano?: number;
  };
  if (Action === undefined || Actor?.ID === undefined) return undefined;
  const exit = Actor.Attributes?.exitCode;
  const exitCode = exit === undefined ? undefined : Number(exit);
  // timeNano is beyond what a JSON number keeps exactly; the last digits do not matter: an event that comes twice is harmless.
  const since = Math.floor((timeNano ?? 0) / 1e3) / 1e6;
  return { kind: "container", id: Actor.ID, action: Action, exitCode, since };
}
