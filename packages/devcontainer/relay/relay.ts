import type { Duplex } from "node:stream";
import type { PortPlace } from "../configuration/configuration.ts";

/** A way into a container. */
export interface Relay {
  /** Connects to a port as the container sees it. Rejects with an `Unreachable` when nothing answers there. */
  connect(place: PortPlace): Promise<Duplex>;
  /** Resolves when the way is closed: the container stopped, or the relay was ended. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Nothing could be reached inside; `reason` is a code such as ECONNREFUSED, or words. */
export class Unreachable extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}
