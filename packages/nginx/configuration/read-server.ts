import { type Directive, unquote } from "../directive.ts";
import { settingDirectives } from "../directives/setting-directives.ts";
import { reportDuplicates, reportStranger } from "./block-names.ts";
import type { Listen, Location, Server, ServerName } from "./model.ts";
import { actionNames, readActions } from "./read-actions.ts";
import { readLocations } from "./read-location.ts";
import { readSettings } from "./read-settings.ts";
import { readTls } from "./read-tls.ts";
import { readTryFiles } from "./read-try-files.ts";
import type { Report } from "./report.ts";
import type { Settings } from "./settings.ts";
import { readTime, values } from "./words.ts";

/** Directives of `http` and `server` that are not inherited as settings are. */
export const serverNames: ReadonlySet<string> = new Set(
  "ssl_certificate ssl_certificate_key ssl_protocols ssl_ciphers ssl_prefer_server_ciphers ssl_client_certificate ssl_verify_client ssl_reject_handshake http2 client_header_timeout merge_slashes underscores_in_headers ignore_invalid_headers".split(
    " ",
  ),
);

const ownNames = new Set(["listen", "server_name", "location", "try_files"]);

/** Reads one `server`. `http` holds the directives of the block around it, for what a server inherits from there. */
export function readServer(at: Directive, http: readonly Directive[], inherited: Settings, report: Report): Server {
  const block = at.block ?? [];
  for (const { name, ...rest } of block)
    if (!settingDirectives.has(name) && !actionNames.has(name) && !serverNames.has(name) && !ownNames.has(name))
      reportStranger({ name, ...rest }, "server", report);
  reportDuplicates(block, report);
  const settings = readSettings(block, inherited, report);
  const find = (name: string) =>
    block.findLast((each) => each.name === name) ?? http.findLast((each) => each.name === name);
  const isOn = (name: string, otherwise: boolean) => {
    const found = find(name);
    return found ? values(found)[0] === "on" : otherwise;
  };
  const named = new Map<string, Location>();
  const tryFiles = readTryFiles(block, report);
  const base: Location = {
    label: "server",
    match: { kind: "server" },
    settings,
    actions: readActions(block, report, (each) => reportInIf(each, report)),
    isInternal: false,
    handler: { kind: "static" },
    tryFiles,
    limitExcept: undefined,
    locations: { exact: new Map(), prefixes: [], regexes: [] },
  };
  const listens = readListens(block, isOn("http2", false), report);
  const isSsl = listens.some((each) => each.isSsl);
  const header = find("client_header_timeout");
  return {
    listens,
    names: readNames(block, report),
    tls: isSsl ? readTls(at, block, http, report) : undefined,
    base,
    locations: readLocations(block, settings, { report, named }),
    named,
    clientHeaderTimeoutMs: (header && readTime(values(header)[0] ?? "")) ?? 60_000,
    mergesSlashes: isOn("merge_slashes", true),
    takesUnderscores: isOn("underscores_in_headers", false),
    takesInvalidHeaders: !isOn("ignore_invalid_headers", true),
    place: at.place,
  };
}

/** An `if` of a server holds the rewrite module's directives alone. */
function reportInIf(at: Directive, report: Report): undefined {
  for (const each of at.block ?? [])
    if (!actionNames.has(each.name) || each.name === "if")
      report.problem(
        each,
        `"${each.name}" is not allowed in an if of server`,
        "put it into a location, or choose by a map",
      );
}

function readListens(block: readonly Directive[], isHttp2: boolean, report: Report): readonly Listen[] {
  const found = block.filter((each) => each.name === "listen");
  if (found.length === 0) return [{ host: "0.0.0.0", port: 80, isDefault: false, isSsl: false, isHttp2 }];
  return found.flatMap((at) => {
    const [address = "", ...flags] = values(at);
    const target = readAddress(address);
    if (!target) {
      const isUnix = address.startsWith("unix:");
      if (isUnix) report.notHonoured(at, `${address} is not honoured by the embedded edge: it listens on TCP only`);
      else
        report.problem(at, `"${address}" is no address to listen on`, "write: listen 8080; or listen 127.0.0.1:8080;");
      return [];
    }
    for (const flag of flags)
      if (
        !/^(default_server|default|ssl|http2|quic|proxy_protocol|spdy|(setfib|fastopen|backlog|rcvbuf|sndbuf|accept_filter|ipv6only|so_keepalive)=.*|deferred|bind|reuseport|multipath)$/.test(
          flag,
        )
      )
        report.problem(at, `"${flag}" is no parameter of listen`);
      else if (/^(quic|proxy_protocol)$/.test(flag))
        report.notHonoured(at, `${flag} is not honoured by the embedded edge`);
    if (flags.includes("quic")) return [];
    const isSsl = flags.includes("ssl");
    const wantsHttp2 = isHttp2 || flags.includes("http2");
    if (wantsHttp2 && !isSsl && flags.includes("http2"))
      report.notHonoured(at, "http2 without ssl is not honoured by the embedded edge: it speaks HTTP/1.1 there");
    return [
      {
        ...target,
        isDefault: flags.includes("default_server") || flags.includes("default"),
        isSsl,
        isHttp2: wantsHttp2 && isSsl,
      },
    ];
  });
}

/** `80`, `*:80`, `127.0.0.1:80`, `[::1]:80`, and addresses without a port, which take 80. */
function readAddress(text: string): { readonly host: string; readonly port: number } | undefined {
  const match = /^(?:(\d{1,5})|(?:(\*|[\w.-]+|\[[\da-fA-F:.]+\])(?::(\d{1,5}))?))$/.exec(text);
  if (!match) return undefined;
  const [, bare, host = "*", port] = match;
  const number = Number(bare ?? port ?? 80);
  if (number > 65_535) return undefined;
  return { host: host === "*" ? "0.0.0.0" : host.replace(/^\[|\]$/g, ""), port: number };
}

function readNames(block: readonly Directive[], report: Report): readonly ServerName[] {
  return block.flatMap((at) =>
    at.name !== "server_name"
      ? []
      : at.words.map((written): ServerName => {
          const word = unquote(written);
          const name = word.toLowerCase();
          if (word.startsWith("~")) return { kind: "regex", regex: report.regex(at, word.slice(1), true) };
          if (name.startsWith("*.")) return { kind: "tail", suffix: name.slice(1), takesBare: false };
          if (name.startsWith(".")) return { kind: "tail", suffix: name, takesBare: true };
          if (name.endsWith(".*")) return { kind: "head", prefix: name.slice(0, -1) };
          return { kind: "exact", name };
        }),
  );
}
