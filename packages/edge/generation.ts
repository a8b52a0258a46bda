import { randomBytes } from "node:crypto";
import type { EdgeConfiguration, Upstream } from "@drydock/nginx";
import { splitAuthority } from "@drydock/nginx";
import type { LimitZones } from "./access/limit-zones.ts";
import { createBalancer } from "./balance/create-balancer.ts";
import type { Balancer } from "./balance/peer-state.ts";
import type { EdgeCounters } from "./edge-counters.ts";
import type { LogFiles } from "./log-files.ts";
import type { Carriers } from "./proxy/carriers.ts";
import type { EdgeRequest } from "./request-event.ts";
import type { TlsContexts } from "./tls-context.ts";

/** What all generations of one edge share. */
export interface EdgeParts {
  readonly limits: LimitZones;
  readonly logFiles: LogFiles;
  readonly counters: EdgeCounters;
  /** One line that is no access log: what went wrong with a request. */
  readonly log: (message: string) => void;
  readonly onRequest: ((request: EdgeRequest) => void) | undefined;
}

/** A configuration while it is served: the configuration itself, and what it counts and keeps open. Requests keep the generation that they began with. */
export class Generation {
  readonly configuration: EdgeConfiguration;
  readonly prefix: string;
  readonly parts: EdgeParts;
  readonly carriers: Carriers;
  /** A new generation reads its certificates anew. */
  readonly tlsContexts: TlsContexts = new Map();
  readonly #balancers = new Map<string, Balancer>();
  readonly #idle = new Set<() => void>();
  #requests = 0;
  #random = Buffer.alloc(0);
  #randomAt = 0;

  constructor(configuration: EdgeConfiguration, prefix: string, parts: EdgeParts, carriers: Carriers) {
    this.configuration = configuration;
    this.prefix = prefix;
    this.parts = parts;
    this.carriers = carriers;
  }

  /** A request is answered by this generation from now on, until what this returns is called. */
  begin(): () => void {
    this.#requests += 1;
    return () => {
      this.#requests -= 1;
      if (this.#requests > 0) return;
      for (const resolve of this.#idle) resolve();
      this.#idle.clear();
    };
  }

  /** Resolves when no request is under way, WebSockets among them. */
  idle(): Promise<void> {
    return this.#requests === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.add(resolve));
  }

  /** Who answers for an authority of `proxy_pass`: an upstream of that name, else that one address. */
  balancer(authority: string, scheme: "http" | "https"): Balancer {
    const key = `${scheme}:${authority}`;
    const known = this.#balancers.get(key);
    if (known) return known;
    const upstream = this.configuration.upstreams.get(authority) ?? singlePeer(authority, scheme);
    const balancer = createBalancer(upstream);
    this.#balancers.set(key, balancer);
    return balancer;
  }

  /** 16 random bytes as hexadecimal digits. */
  newRequestId(): string {
    // Random bytes by the page: one call of the system for 256 requests.
    if (this.#randomAt >= this.#random.length) {
      this.#random = randomBytes(4096);
      this.#randomAt = 0;
    }
    this.#randomAt += 16;
    return this.#random.toString("hex", this.#randomAt - 16, this.#randomAt);
  }
}

function singlePeer(authority: string, scheme: "http" | "https"): Upstream {
  const peer = splitAuthority(authority, scheme === "https" ? 443 : 80);
  return {
    name: authority,
    peers: [
      { ...peer, weight: 1, maxFails: 1, failTimeoutMs: 10_000, maxConnections: 0, isBackup: false, isDown: false },
    ],
    balance: { kind: "round-robin" },
    keepalive: 0,
    keepaliveTimeoutMs: 60_000,
    keepaliveRequests: 1000,
  };
}
