import { readPassTarget } from "../configuration/read-handler.ts";
import { type Directive, unquote } from "../directive.ts";
import type { ConfigurationView } from "./views.ts";

/** Where a `proxy_pass` leads, with its upstream looked up. */
export interface TargetView {
  /** `http://api:3000/v1/`, upstreams by their servers. */
  readonly text: string;
  /** What has to be the same: scheme, services, port, URI. An address of a machine is not a service's name. */
  readonly meaning: string;
  /** `round-robin`, `least_conn`, `ip_hash`, `hash $key`. */
  readonly balance: string;
}

/** Reads a target; undefined for a location that passes nothing on. */
export function viewTarget(pass: Directive | undefined, { upstreams }: ConfigurationView): TargetView | undefined {
  if (!pass) return undefined;
  const word = unquote(pass.words[0] ?? "");
  const target = readPassTarget(word);
  if (!target) return { text: word, meaning: word, balance: "round-robin" };
  const { scheme, authority, uri = "" } = target;
  const upstream = upstreams.get(authority);
  const servers = upstream ? serversOf(upstream) : [authority];
  const shown = servers.length === 1 ? servers[0] : `{${servers.join(", ")}}`;
  const names = [...new Set(servers.map((server) => serviceOf(server, scheme)))].toSorted();
  return {
    text: `${scheme}://${shown}${uri}`,
    meaning: `${scheme}://${names.join(",")}${uri}`,
    balance: upstream ? balanceOf(upstream) : "round-robin",
  };
}

const serversOf = ({ block }: Directive): readonly string[] =>
  (block ?? []).filter(({ name }) => name === "server").map(({ words }) => unquote(words[0] ?? ""));

/** `api:3000`; `?:3000` for an address or a whole host name, which says nothing about which service is there. */
function serviceOf(server: string, scheme: string): string {
  const [, host = server, port = scheme === "https" ? "443" : "80"] = /^(.*?)(?::(\d+))?$/.exec(server) ?? [];
  return /[.:[$]/.test(host) || host === "localhost" ? `?:${port}` : `${host}:${port}`;
}

/** Whether two targets mean the same: an unknown host may be any. */
export function isSameTarget(a: TargetView | undefined, b: TargetView | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.meaning === b.meaning) return true;
  if (!a.meaning.includes("?:") && !b.meaning.includes("?:")) return false;
  // Machines of production listen on ports of their own.
  const bare = ({ meaning }: TargetView) => meaning.replace(/:\/\/[^/]*/, "://");
  return bare(a) === bare(b);
}

function balanceOf({ block }: Directive): string {
  const found = (block ?? []).find(({ name }) => /^(least_conn|ip_hash|hash|random|sticky)$/.test(name));
  return found ? [found.name, ...found.words.map(unquote)].join(" ") : "round-robin";
}
