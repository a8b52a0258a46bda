import type { Clock, Emit } from "@drydock/core";
import type { Container } from "./container.ts";
import { type EngineApi, EngineFailure, type LogStart } from "./engine-api.ts";
import { numberLabel, serviceLabel } from "./labels.ts";
import { formatCursor, type LogCursors, type LogPlace, parseCursor, sinceOf } from "./log-cursors.ts";
import { type LogLine, LogLineReader } from "./log-lines.ts";

// Of a container that somebody else has run before we came, no more than this is told.
const foreignTail = 1_000;
// How long a removal waits for the rest of a log, which normally comes within a millisecond of the container's end.
const drainMs = 1_000;
const retryMs = 250;

interface Follower {
  /** The container was started again while the log of its last run was still being read. */
  isWantedAgain: boolean;
  readonly ended: Promise<void>;
}

/** Follows the log of every container, each from where it was left. */
export class LogFollowers {
  readonly #api: EngineApi;
  readonly #cursors: LogCursors;
  readonly #clock: Clock;
  readonly #followers = new Map<string, Follower>();
  readonly #closing = new AbortController();

  constructor(api: EngineApi, cursors: LogCursors, clock: Clock) {
    this.#api = api;
    this.#cursors = cursors;
    this.#clock = clock;
  }

  /** Follows until the container ends; called again when it starts again. `isOurs`: the whole log is wanted, not its end only. */
  follow(container: Container, isOurs: boolean, emit: Emit, signal: AbortSignal): void {
    const running = this.#followers.get(container.id);
    if (running) {
      running.isWantedAgain = true;
      return;
    }
    const follower: { -readonly [K in keyof Follower]: Follower[K] } = {
      isWantedAgain: true,
      ended: Promise.resolve(),
    };
    this.#followers.set(container.id, follower);
    const until = AbortSignal.any([signal, this.#closing.signal]);
    follower.ended = this.#run(follower, container, isOurs, emit, until).finally(() => {
      this.#followers.delete(container.id);
    });
  }

  /** Resolves when the log of a container that has ended was read to its end, or after a second. */
  async drained(containerId: string, signal: AbortSignal): Promise<void> {
    const follower = this.#followers.get(containerId);
    if (!follower) return;
    const limit = new AbortController();
    const late = this.#clock.sleep(drainMs, AbortSignal.any([signal, limit.signal])).catch(() => undefined);
    await Promise.race([follower.ended, late]);
    limit.abort();
  }

  /** Lets go of every log. */
  close(): void {
    this.#closing.abort();
  }

  async #run(
    follower: Follower,
    container: Container,
    isOurs: boolean,
    emit: Emit,
    signal: AbortSignal,
  ): Promise<void> {
    while (follower.isWantedAgain && !signal.aborted) {
      follower.isWantedAgain = false;
      try {
        await this.#read(container, isOurs, emit, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof EngineFailure && error.status > 0) return this.#tellUnreadable(container, error, emit);
        // The connection broke. Where the container still runs, go on from the cursor; where it is gone, so is its log.
        await this.#clock.sleep(retryMs, signal).catch(() => undefined);
        const now = await this.#api.inspect(container.id, signal).catch(() => undefined);
        if (now?.status === "running") follower.isWantedAgain = true;
      }
    }
  }

  /** The engine answers, but not with a log: the container is gone (404, 409), or its log driver keeps nothing that can be read. */
  #tellUnreadable({ name }: Container, { status, message }: EngineFailure, emit: Emit): void {
    if (status === 404 || status === 409) return;
    emit({
      kind: "notice",
      at: this.#clock.now(),
      level: "warning",
      message: `The log of ${name} cannot be read: ${message}`,
      hint: "Its `logging` driver in the Compose file has to be one that Docker reads: json-file, local or journald.",
    });
  }

  async #read(container: Container, isOurs: boolean, emit: Emit, signal: AbortSignal): Promise<void> {
    const left = parseCursor(this.#cursors.read(container.id) ?? "");
    const start: LogStart = left ? { since: sinceOf(left.stamp) } : isOurs ? {} : { tail: foreignTail };
    const stream = await this.#api.followLog(container.id, start, signal);
    const reader = new LogLineReader(container.hasTerminal);
    const place = new ReadingPlace(left);
    const tell = (lines: readonly LogLine[]) => {
      const fresh = lines.filter((line) => place.isNew(line));
      for (const { stream, stamp, text } of fresh)
        emit({ kind: "log", at: Date.parse(stamp), ...nameOf(container), stream, text });
      if (fresh.length > 0 && place.now) this.#cursors.write(container.id, formatCursor(place.now));
    };
    for await (const chunk of stream) tell(reader.push(chunk as Buffer));
    tell(reader.end());
  }
}

/** Leaves out the lines at the cursor's own stamp that were read before: the engine's `since` includes that stamp. */
class ReadingPlace {
  #left: LogPlace | undefined;
  #skipped = 0;
  #now: LogPlace | undefined;

  constructor(left: LogPlace | undefined) {
    this.#left = left;
    this.#now = left;
  }

  get now(): LogPlace | undefined {
    return this.#now;
  }

  isNew({ stamp }: LogLine): boolean {
    if (this.#left && stamp === this.#left.stamp && this.#skipped < this.#left.count) {
      this.#skipped++;
      return false;
    }
    if (!this.#now || stamp > this.#now.stamp) this.#now = { stamp, count: 1 };
    else if (stamp === this.#now.stamp) this.#now = { stamp, count: this.#now.count + 1 };
    return true;
  }
}

function nameOf({ labels, name }: Container): { readonly service: string; readonly number: number } {
  return { service: labels[serviceLabel] ?? name, number: Number(labels[numberLabel] ?? 1) };
}
