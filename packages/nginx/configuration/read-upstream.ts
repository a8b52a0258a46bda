import type { Directive } from "../directive.ts";
import { quietDirectives } from "../directives/quiet-directives.ts";
import { reportStranger } from "./block-names.ts";
import type { Balance, Peer, Upstream } from "./model.ts";
import type { Report } from "./report.ts";
import { parameters, readTime, values } from "./words.ts";

const own = new Set(
  "server keepalive keepalive_timeout keepalive_requests keepalive_time zone ip_hash least_conn hash random".split(" "),
);

/** Reads one `upstream` (ngx_http_upstream_module). */
export function readUpstream(at: Directive, report: Report): Upstream {
  const [name = ""] = values(at);
  const block = at.block ?? [];
  for (const each of block)
    if (!own.has(each.name) && !quietDirectives.has(each.name)) reportStranger(each, "upstream", report);
  const peers = block.filter((each) => each.name === "server").map((each) => readPeer(each, report));
  if (!peers.some((peer) => !peer.isBackup))
    report.problem(at, `upstream "${name}" has no servers`, "write: server HOST:PORT;");
  const word = (directive: string) => {
    const found = block.findLast((each) => each.name === directive);
    return found && values(found)[0];
  };
  return {
    name,
    peers,
    balance: readBalance(block, report),
    keepalive: Number(word("keepalive") ?? 0),
    keepaliveTimeoutMs: readTime(word("keepalive_timeout") ?? "60s") ?? 60_000,
    keepaliveRequests: Number(word("keepalive_requests") ?? 1000),
  };
}

function readPeer(at: Directive, report: Report): Peer {
  const [address = "", ...rest] = values(at);
  const given = parameters(rest);
  const number = (name: string, otherwise: number) => {
    const text = given.get(name);
    if (text !== undefined && !/^\d+$/.test(text))
      report.problem(at, `"${name}=${text}" is no whole number`, `write: ${name}=${otherwise}`);
    return text === undefined ? otherwise : Number(text);
  };
  for (const name of given.keys())
    if (/^(slow_start|service|route|drain)$/.test(name))
      report.notHonoured(at, `${name} is not honoured by the embedded edge`);
    else if (!/^(weight|max_fails|fail_timeout|max_conns|backup|down|resolve)$/.test(name))
      report.problem(
        at,
        `"${name}" is no parameter of an upstream's server`,
        "write: server HOST:PORT weight=1 max_fails=1 fail_timeout=10s;",
      );
  return {
    ...splitAuthority(address, 80),
    weight: number("weight", 1),
    maxFails: number("max_fails", 1),
    failTimeoutMs: readTime(given.get("fail_timeout") ?? "10s") ?? 10_000,
    maxConnections: number("max_conns", 0),
    isBackup: given.has("backup"),
    isDown: given.has("down"),
  };
}

/** Host and port of `api:3000`, `[::1]:80`, `unix:/path` (whose port is 0), with the port written out. */
export function splitAuthority(
  text: string,
  defaultPort: number,
): { readonly address: string; readonly host: string; readonly port: number } {
  if (text.startsWith("unix:")) return { address: text, host: text, port: 0 };
  const match = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(text);
  const host = match?.[1] ?? text;
  const port = Number(match?.[2] ?? defaultPort);
  return { address: `${host}:${port}`, host: host.replace(/^\[|\]$/g, ""), port };
}

function readBalance(block: readonly Directive[], report: Report): Balance {
  for (const at of block) {
    if (at.name === "ip_hash") return { kind: "ip-hash" };
    if (at.name === "least_conn") return { kind: "least-connections" };
    if (at.name === "random") return { kind: "random", isTwo: values(at)[0] === "two" };
    if (at.name === "hash")
      return {
        kind: "hash",
        key: report.template(at, at.words[0] ?? ""),
        isConsistent: values(at)[1] === "consistent",
      };
  }
  return { kind: "round-robin" };
}
