import { deserializeError } from "@drydock/core";
import { seedWorkerEnded } from "../errors.ts";
import type { SeedPort, WorkerAnswer, WorkerMethods } from "./worker-protocol.ts";

/** A thread that answers. */
export interface SeedThread extends SeedPort {
  /** Told once when it ends by itself, and why. */
  onEnd(listener: (cause: unknown) => void): void;
  terminate(): Promise<unknown>;
}

/** A worker that can be asked; answers may overtake each other. */
export class WorkerLink {
  readonly #thread: SeedThread;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: unknown): void }>();
  #next = 0;
  #ended: unknown;

  constructor(thread: SeedThread) {
    this.#thread = thread;
    thread.onMessage((message) => {
      // The other end of the protocol.
      const answer = message as WorkerAnswer;
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ("error" in answer) waiting?.reject(deserializeError(answer.error));
      else waiting?.resolve(answer.result);
    });
    thread.onEnd((cause) => this.#end(cause));
  }

  /** @throws DevError what the worker threw, SEED_WORKER_ENDED */
  ask<Method extends keyof WorkerMethods>(
    method: Method,
    body: WorkerMethods[Method]["body"],
  ): Promise<WorkerMethods[Method]["answer"]> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      const id = this.#next++;
      // What a method answers is the protocol's promise.
      this.#waiting.set(id, { resolve: (result) => resolve(result as WorkerMethods[Method]["answer"]), reject });
      this.#thread.postMessage({ id, method, body });
    });
  }

  /** Closes its connections and ends it; what it was doing is done first. */
  async close(): Promise<void> {
    await this.ask("close", null).catch(() => undefined);
    await this.#thread.terminate();
  }

  #end(cause: unknown): void {
    this.#ended ??= seedWorkerEnded(cause);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
