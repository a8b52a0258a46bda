import { MongoError } from "../errors/mongo-error.ts";
import type { Document } from "../values/document.ts";
import type { Connection } from "./connection.ts";
import { Operation } from "./operation.ts";

/** A command that runs now, for currentOp and killOp. */
export interface RunningOperation {
  readonly operation: Operation;
  readonly connection: Connection;
  readonly command: Document;
  /** A time of `performance.now()`. */
  readonly startedAt: number;
}

/** All commands that run now. */
export class Operations {
  #next = 1;
  readonly #running = new Map<number, RunningOperation>();

  /** Begins one; `maxTimeMs` 0 or undefined is no deadline. */
  begin(connection: Connection, command: Document, maxTimeMs: number | undefined): Operation {
    const startedAt = performance.now();
    const id = this.#next++;
    const operation = new Operation(id, maxTimeMs ? startedAt + maxTimeMs : undefined);
    this.#running.set(id, { operation, connection, command, startedAt });
    return operation;
  }

  end(operation: Operation): void {
    operation.finish();
    this.#running.delete(operation.id);
  }

  /** Interrupts the one with this number, if it runs. */
  kill(id: number): void {
    this.#running.get(id)?.operation.interrupt(new MongoError("Interrupted", "operation was interrupted"));
  }

  /** Interrupts those that `isMeant` says. */
  interruptWhere(isMeant: (each: RunningOperation) => boolean, reason: MongoError): void {
    for (const each of this.#running.values()) if (isMeant(each)) each.operation.interrupt(reason);
  }

  running(): readonly RunningOperation[] {
    return [...this.#running.values()];
  }
}
