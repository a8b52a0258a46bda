import type { Directive } from "../directive.ts";
import type { EdgeConfiguration } from "./model.ts";
import type { Report } from "./report.ts";
import { values } from "./words.ts";

/** Names that stand for something defined elsewhere: log formats, zones, named locations; and one default server an address. */
export function referencesExist(configuration: EdgeConfiguration, http: readonly Directive[], report: Report): void {
  const visit = (all: readonly Directive[], server: Directive | undefined): void => {
    for (const each of all) {
      check(each, server);
      visit(each.block ?? [], each.name === "server" ? each : server);
    }
  };
  const check = (at: Directive, server: Directive | undefined): void => {
    const words = values(at);
    if (at.name === "access_log" && words[0] !== "off") {
      const format = words.slice(1).find((word) => !/^(if|buffer|flush|gzip)(=|$)/.test(word));
      if (format !== undefined && !configuration.logFormats.has(format))
        report.problem(at, `unknown log format "${format}"`, `define it in http: log_format ${format} '...';`);
    }
    const zone = at.name === "limit_req" ? words.find((word) => word.startsWith("zone="))?.slice(5) : undefined;
    if (zone !== undefined && !configuration.limitZones.has(zone))
      report.problem(
        at,
        `unknown zone "${zone}"`,
        `define it in http: limit_req_zone $binary_remote_addr zone=${zone}:10m rate=10r/s;`,
      );
    const last = words.at(-1) ?? "";
    if (
      (at.name === "error_page" || at.name === "try_files") &&
      last.startsWith("@") &&
      server &&
      !names(server).has(last)
    )
      report.problem(at, `no location "${last}" in this server`, `write: location ${last} { ... }`);
  };
  visit(http, undefined);
  oneDefaultEach(http, report);
}

function names(server: Directive): ReadonlySet<string> {
  return new Set((server.block ?? []).flatMap((each) => (each.name === "location" ? values(each) : [])));
}

function oneDefaultEach(http: readonly Directive[], report: Report): void {
  const seen = new Map<string, Directive>();
  for (const at of http.filter((each) => each.name === "server").flatMap((each) => each.block ?? [])) {
    if (at.name !== "listen" || !values(at).includes("default_server")) continue;
    const address = values(at)[0] ?? "";
    const before = seen.get(address);
    if (before)
      report.problem(
        at,
        `a duplicate default server for ${address}`,
        `the first one is in line ${before.place?.line ?? 0}`,
      );
    seen.set(address, at);
  }
}
