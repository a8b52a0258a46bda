import type { Directive } from "../directive.ts";
import { isOtherDirective } from "../directives/other-directives.ts";
import { quietDirectives } from "../directives/quiet-directives.ts";
import { repeatable, settingDirectives } from "../directives/setting-directives.ts";
import type { Report } from "./report.ts";

/** Directives with a place of their own, and where that is. */
const places: ReadonlyMap<string, string> = new Map([
  ...words("http", "the main level, outside of other blocks"),
  ...words("server upstream map log_format limit_req_zone geo split_clients", "http"),
  ...words("listen server_name ssl_certificate ssl_certificate_key ssl_protocols ssl_ciphers", "server"),
  ...words("ssl_prefer_server_ciphers ssl_client_certificate ssl_verify_client ssl_reject_handshake", "server"),
  ...words("http2 client_header_timeout merge_slashes underscores_in_headers ignore_invalid_headers", "server"),
  ...words("location rewrite return set if break try_files", "server or location"),
  ...words("proxy_pass alias internal limit_except stub_status empty_gif", "location"),
  ...words("keepalive ip_hash least_conn hash random", "upstream"),
]);

function words(text: string, place: string): readonly (readonly [string, string])[] {
  return text.split(" ").map((name) => [name, place] as const);
}

/** Says what is to be said of a directive that its block does not take. */
export function reportStranger(at: Directive, block: string, report: Report): void {
  const place = places.get(at.name);
  if (place !== undefined) report.problem(at, `"${at.name}" is not allowed in ${block}`, `it belongs in ${place}`);
  else if (settingDirectives.has(at.name))
    report.problem(at, `"${at.name}" is not allowed in ${block}`, "it belongs in http, server or location");
  else if (quietDirectives.has(at.name)) return;
  else if (isOtherDirective(at.name)) report.notHonoured(at);
  else {
    const near = nearest(at.name);
    report.problem(at, `unknown directive "${at.name}"`, near === undefined ? "remove it" : `did you mean "${near}"?`);
  }
}

/** nginx takes most directives once a block. */
export function reportDuplicates(block: readonly Directive[], report: Report): void {
  const seen = new Map<string, Directive>();
  for (const each of block) {
    const isOnce = (settingDirectives.has(each.name) && !repeatable.has(each.name)) || onceOnly.has(each.name);
    const before = seen.get(each.name);
    if (isOnce && before)
      report.problem(each, `"${each.name}" is duplicate`, `remove it here or in line ${before.place?.line ?? 0}`);
    seen.set(each.name, each);
  }
}

const onceOnly = new Set(["alias", "proxy_pass", "try_files", "internal", "http2"]);

function nearest(name: string): string | undefined {
  const all = [...places.keys(), ...settingDirectives.keys(), ...quietDirectives];
  const scored = all.map((each) => [each, distance(name, each)] as const).filter(([, score]) => score <= 2);
  return scored.sort((a, b) => a[1] - b[1])[0]?.[0];
}

/** How many letters have to be changed, added or removed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= to.length; at++) {
      const change = (row[at - 1] ?? 0) + (letter === to[at - 1] ? 0 : 1);
      next.push(Math.min(change, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
