import { instanceLabel, type WebRequest } from "@drydock/core";
import type { RequestEntry } from "./request-store.ts";

/** What a row says of a request: what the outermost proxy saw, and who answered in the end. */
export interface RequestFacts {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly status: number;
  readonly durationMs: number;
  readonly method: string;
  /** Without a port; empty where no log tells. */
  readonly host: string;
  readonly uri: string;
  /** The URI without its arguments. */
  readonly path: string;
  /** It came to this service, not through the front. */
  readonly proxy: string | undefined;
  /** `api`, `proxy`; an address of no service; empty: the front itself. */
  readonly service: string;
  /** The same with its instance where it has several: `api.2`. */
  readonly label: string;
}

/** Puts together what is known of a request. `replicasOf` tells how many instances a service has. */
export function requestFacts({ hops }: RequestEntry, replicasOf: (service: string) => number): RequestFacts {
  const [outer] = hops;
  const inner = hops.at(-1);
  const last = inner?.attempts.at(-1);
  const service = last?.service ?? last?.address ?? inner?.proxy ?? "";
  return {
    at: outer?.at ?? 0,
    status: outer?.status ?? 0,
    durationMs: outer?.durationMs ?? 0,
    method: outer?.method ?? "",
    host: hostOf(hops),
    uri: outer?.uri ?? "",
    path: (outer?.uri ?? "").replace(/[?#].*$/s, ""),
    proxy: outer?.proxy,
    service,
    label:
      last?.service === undefined ? service : instanceLabel(last.service, last.number ?? 1, replicasOf(last.service)),
  };
}

/** Whether a row says this text somewhere; capitals count only where the text has some. */
export function hasText(facts: RequestFacts, text: string): boolean {
  const row = `${facts.method} ${facts.host}${facts.uri} ${facts.status} ${facts.label}`;
  return /\p{Lu}/u.test(text) ? row.includes(text) : row.toLowerCase().includes(text);
}

const hostOf = (hops: readonly WebRequest[]): string =>
  (hops.find(({ host }) => host !== "")?.host ?? "").replace(/:\d+$/, "");
