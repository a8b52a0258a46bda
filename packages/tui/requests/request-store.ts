import type { WebRequest } from "@drydock/core";

// More than anybody scrolls through, and enough for a minute of a busy page.
const mostKept = 2_000;

/** One request as the screen keeps it: what each proxy that it led through said of it. */
export interface RequestEntry {
  /** Where it stands among all: later ones have greater numbers. */
  readonly order: number;
  /** The outermost proxy first; never empty. */
  readonly hops: readonly WebRequest[];
}

/** The last requests. Changes in place; a request that several proxies logged is one. */
export class RequestStore {
  /** So many were answered that were not told, because too many came at once. */
  dropped = 0;
  /** Grows with every change. */
  version = 0;
  readonly #entries: RequestEntry[] = [];
  readonly #byId = new Map<string, RequestEntry>();
  #next = 0;

  /** The newest first. */
  get entries(): readonly RequestEntry[] {
    return this.#entries;
  }

  /** Takes requests, the oldest first. */
  take(requests: readonly WebRequest[], dropped: number): void {
    this.version += 1;
    this.dropped += dropped;
    for (const request of requests) this.#add(request);
    if (this.#entries.length <= mostKept * 1.25) return;
    for (const { hops } of this.#entries.splice(mostKept)) this.#byId.delete(hops[0]?.requestId ?? "");
  }

  #add(request: WebRequest): void {
    const known = request.requestId === "" ? undefined : this.#byId.get(request.requestId);
    const isMore = known !== undefined && !known.hops.some(({ proxy }) => proxy === request.proxy);
    const entry = isMore ? { ...known, hops: joined(known.hops, request) } : { order: this.#next, hops: [request] };
    if (isMore) this.#entries[this.#entries.indexOf(known)] = entry;
    else {
      this.#next += 1;
      this.#entries.unshift(entry);
    }
    if (request.requestId !== "") this.#byId.set(request.requestId, entry);
  }
}

/** The front sees a request before the services behind it do, but tells of it after them. */
const joined = (hops: readonly WebRequest[], hop: WebRequest): readonly WebRequest[] =>
  hop.proxy === undefined ? [hop, ...hops] : [...hops, hop];
