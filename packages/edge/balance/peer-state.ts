import type { Lookup, Peer } from "@drydock/nginx";

/** What decides which server a request goes to. */
export interface BalanceRequest {
  readonly lookup: Lookup;
  /** The client's. */
  readonly address: string;
  /** Servers that this request was tried at. */
  readonly tried: ReadonlySet<PeerState>;
}

/** Chooses the servers of one upstream. */
export interface Balancer {
  readonly name: string;
  /** How many tries a request may have at most. */
  readonly tries: number;
  readonly keepalive: number;
  readonly keepaliveTimeoutMs: number;
  readonly keepaliveRequests: number;
  /** The next server for a request; undefined when none is live. */
  next(request: BalanceRequest): PeerState | undefined;
}

/** One server of an upstream and how it does (ngx_http_upstream_round_robin.c). */
export class PeerState {
  readonly peer: Peer;
  connections = 0;
  effectiveWeight: number;
  currentWeight = 0;
  /** A server that is alone is never left out. */
  readonly #isAlone: boolean;
  #fails = 0;
  #checkedAt = 0;
  #accessedAt = 0;

  constructor(peer: Peer, isAlone: boolean) {
    this.peer = peer;
    this.effectiveWeight = peer.weight;
    this.#isAlone = isAlone;
  }

  /** Whether it may be asked now: after `max_fails` failures it is left out for `fail_timeout`. */
  isAvailable(now: number): boolean {
    const { isDown, maxFails, failTimeoutMs, maxConnections } = this.peer;
    if (isDown || (maxConnections > 0 && this.connections >= maxConnections)) return false;
    return this.#isAlone || maxFails === 0 || this.#fails < maxFails || now - this.#checkedAt > failTimeoutMs;
  }

  /** It is asked. */
  begin(now: number): void {
    this.connections += 1;
    if (now - this.#checkedAt > this.peer.failTimeoutMs) this.#checkedAt = now;
  }

  /** What came of it. */
  end(isFailed: boolean, now: number): void {
    this.connections -= 1;
    const { maxFails, weight } = this.peer;
    if (isFailed) {
      this.#fails += 1;
      this.#accessedAt = now;
      this.#checkedAt = now;
      if (maxFails > 0) this.effectiveWeight = Math.max(0, this.effectiveWeight - weight / maxFails);
    } else if (this.#accessedAt < this.#checkedAt) this.#fails = 0;
  }
}
