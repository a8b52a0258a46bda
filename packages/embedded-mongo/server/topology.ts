import { Document } from "../values/document.ts";
import type { ObjectIdValue } from "../values/scalars.ts";
import { WakeUp } from "./wake-up.ts";

/** The version of what `hello` says: drivers wait for the next one (driver specification "Server Discovery and Monitoring", topologyVersion). */
export class Topology {
  readonly processId: ObjectIdValue;
  readonly changes: WakeUp = new WakeUp();
  #counter = 0n;

  constructor(processId: ObjectIdValue) {
    this.processId = processId;
  }

  get counter(): bigint {
    return this.#counter;
  }

  get version(): Document {
    return Document.from([
      ["processId", this.processId],
      ["counter", this.#counter],
    ]);
  }

  /** Something that `hello` tells is another: wakes those who wait for it. */
  change(): void {
    this.#counter++;
    this.changes.notify();
  }
}
