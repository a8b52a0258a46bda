import type { Value } from "../values/document.ts";
import { Document } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";

/** The server's parameters (manual, "MongoDB Server Parameters"): those that clients ask for, and what may be set of them. */
export class Parameters {
  readonly #values: Map<string, Value>;

  /** `given` are those of the start, checked by `readParameters`. */
  constructor(isTesting: boolean, given: ReadonlyMap<string, Value> = new Map()) {
    this.#values = new Map<string, Value>([
      ["featureCompatibilityVersion", Document.from([["version", "8.0"]])],
      ["authenticationMechanisms", ["SCRAM-SHA-1", "SCRAM-SHA-256"]],
      ["enableTestCommands", isTesting],
      ["cursorTimeoutMillis", 600_000n],
      ["transactionLifetimeLimitSeconds", int32(60)],
      ["maxTransactionLockRequestTimeoutMillis", int32(5)],
      ["localLogicalSessionTimeoutMinutes", int32(30)],
      ["ttlMonitorEnabled", true],
      ["ttlMonitorSleepSecs", int32(60)],
      ["notablescan", false],
      ["quiet", false],
      ["requireApiVersion", false],
      ["allowDiskUseByDefault", true],
      ...given,
    ]);
  }

  get(name: string): Value | undefined {
    return this.#values.get(name);
  }

  set(name: string, value: Value): void {
    this.#values.set(name, value);
  }

  entries(): Iterable<readonly [string, Value]> {
    return this.#values;
  }
}
