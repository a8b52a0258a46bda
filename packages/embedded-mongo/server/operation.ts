import { MongoError } from "../errors/mongo-error.ts";

/**
 * One command while it runs: who may stop it and until when it may take. A cursor keeps the operation of the command that opened it,
 * and each getMore continues it, so that its source sees the getMore's deadline and signal through the same object.
 */
export class Operation {
  readonly id: number;
  #state: RunState;

  /** `deadlineMs` is a time of `performance.now()`; undefined: as long as it takes. */
  constructor(id: number, deadlineMs: number | undefined) {
    this.id = id;
    this.#state = new RunState(deadlineMs);
  }

  /** @throws MongoError Interrupted, MaxTimeMSExpired, ClientDisconnect or InterruptedAtShutdown when it has to end */
  check(): void {
    this.#state.check();
  }

  /**
   * Gives other operations their turn when this one has used the event loop for 10 ms; otherwise returns undefined at once. Call it
   * between records: `await operation.pause()`. Checks first. @throws (or rejects with) what `check` throws
   */
  pause(): Promise<void> | undefined {
    return this.#state.pause();
  }

  /** Aborted when the operation has to end; its reason is the MongoError. For whatever waits. */
  get signal(): AbortSignal {
    return this.#state.signal;
  }

  /** Ends it at its next check. */
  interrupt(reason: MongoError): void {
    this.#state.interrupt(reason);
  }

  /** Time that is left, in milliseconds; undefined without a deadline. */
  get remainingMs(): number | undefined {
    return this.#state.remainingMs;
  }

  /** From now on this is the running of `other`: a getMore continues what its cursor began. */
  continueAs(other: Operation): void {
    this.#state = other.#state;
  }

  /** It may take so long from now on: what is left of the time that its cursor was given. */
  limit(ms: number): void {
    this.#state.limit(performance.now() + ms);
  }

  /** Lets go of timers; the operation has ended. */
  finish(): void {
    this.#state.finish();
  }
}

// Between two looks at the event loop: long enough that yielding costs little, short enough that others notice nothing.
const sliceMs = 10;

/** The state that operations of a cursor share. */
class RunState {
  #deadlineMs: number | undefined;
  #sliceStart = performance.now();
  #reason: MongoError | undefined;
  #controller: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(deadlineMs: number | undefined) {
    this.#deadlineMs = deadlineMs;
  }

  get remainingMs(): number | undefined {
    return this.#deadlineMs === undefined ? undefined : Math.max(0, this.#deadlineMs - performance.now());
  }

  limit(deadlineMs: number): void {
    this.#deadlineMs = deadlineMs;
  }

  check(): void {
    if (this.#reason) throw this.#reason;
    if (this.#deadlineMs !== undefined && performance.now() > this.#deadlineMs) this.#expire();
    if (this.#reason) throw this.#reason;
  }

  pause(): Promise<void> | undefined {
    this.check();
    if (performance.now() - this.#sliceStart < sliceMs) return undefined;
    return this.#yield();
  }

  async #yield(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#sliceStart = performance.now();
    this.check();
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#reason) this.#controller.abort(this.#reason);
      else if (this.#deadlineMs !== undefined)
        this.#timer = setTimeout(() => this.#expire(), Math.max(0, this.#deadlineMs - performance.now()));
    }
    return this.#controller.signal;
  }

  #expire(): void {
    this.interrupt(new MongoError("MaxTimeMSExpired", "operation exceeded time limit"));
  }

  interrupt(reason: MongoError): void {
    this.#reason ??= reason;
    this.#controller?.abort(this.#reason);
  }

  finish(): void {
    clearTimeout(this.#timer);
  }
}
