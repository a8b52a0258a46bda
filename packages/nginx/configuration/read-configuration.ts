import type { Problem } from "@drydock/core";
import { type Directive, type Place, unquote } from "../directive.ts";
import { settingDirectives } from "../directives/setting-directives.ts";
import { isNginxVariable } from "../variables/known-variables.ts";
import { compileTemplate } from "../variables/template.ts";
import { reportDuplicates, reportStranger } from "./block-names.ts";
import { defaultSettings } from "./default-settings.ts";
import type { EdgeConfiguration, LimitZone, LogFormat } from "./model.ts";
import { readMap } from "./read-map.ts";
import { readServer, serverNames } from "./read-server.ts";
import { readSettings } from "./read-settings.ts";
import { readUpstream } from "./read-upstream.ts";
import { referencesExist } from "./references-exist.ts";
import { Report } from "./report.ts";
import { values } from "./words.ts";

/** What was read, and every mistake that keeps it from being used. */
export interface ReadConfiguration {
  readonly configuration: EdgeConfiguration;
  readonly problems: readonly Problem[];
}

/**
 * Reads what a configuration means. Touches nothing and does not throw.
 * @param honoured whether the server gives a variable of this name a value; one that nginx knows and the server does not is a notice
 */
export function readConfiguration(
  directives: readonly Directive[],
  honoured: (variable: string) => boolean,
): ReadConfiguration {
  const report = new Report();
  for (const each of directives) if (each.name !== "http") reportTopLevel(each, report);
  const http = directives.filter((each) => each.name === "http").flatMap((each) => each.block ?? []);
  for (const each of http)
    if (!settingDirectives.has(each.name) && !serverNames.has(each.name) && !httpNames.has(each.name))
      reportStranger(each, "http", report);
  reportDuplicates(http, report);
  const settings = readSettings(http, defaultSettings, report);
  const named = (name: string) => http.filter((each) => each.name === name);
  const configuration: EdgeConfiguration = {
    servers: named("server").map((each) => readServer(each, http, settings, report)),
    upstreams: new Map(
      named("upstream").map((each) => [unquote(each.words[0] ?? ""), readUpstream(each, report)] as const),
    ),
    maps: new Map(named("map").flatMap((each) => readMap(each, report))),
    logFormats: new Map([["combined", combined], ...named("log_format").map((each) => readLogFormat(each, report))]),
    limitZones: new Map(named("limit_req_zone").flatMap((each) => readZone(each, report))),
    notices: [],
  };
  for (const each of [...named("geo"), ...named("split_clients")]) {
    report.notHonoured(each);
    report.defined.add(
      unquote(each.words.at(-1) ?? "")
        .slice(1)
        .toLowerCase(),
    );
  }
  referencesExist(configuration, http, report);
  reportVariables(report, honoured);
  const inOrder = (a: Place | undefined, b: Place | undefined) =>
    a?.file === b?.file ? (a?.line ?? 0) - (b?.line ?? 0) : 0;
  return {
    configuration: { ...configuration, notices: report.notices.toSorted((a, b) => inOrder(a.place, b.place)) },
    problems: report.problems.toSorted(inOrder),
  };
}

const httpNames = new Set(["server", "upstream", "map", "log_format", "limit_req_zone", "geo", "split_clients"]);

function reportTopLevel(at: Directive, report: Report): void {
  if (at.name === "events" || at.name === "types") return;
  reportStranger(at, "the main level", report);
}

function reportVariables(report: Report, honoured: (variable: string) => boolean): void {
  for (const [name, at] of report.used) {
    if (report.defined.has(name) || honoured(name)) continue;
    if (isNginxVariable(name)) report.notHonoured(at, `names $${name}, which the embedded edge leaves empty`);
    else
      report.problem(
        at,
        `unknown variable "$${name}"`,
        `define it with set, map or a named group, or write another one`,
      );
  }
}

// ngx_http_log_module, log_format.
const combined: LogFormat = {
  template: compileTemplate(
    '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"',
  ),
  escape: "default",
};

function readLogFormat(at: Directive, report: Report): readonly [string, LogFormat] {
  const [name = "", ...words] = at.words;
  const said = /^escape=(default|json|none)$/.exec(unquote(words[0] ?? ""))?.[1];
  const parts = (said === undefined ? words : words.slice(1)).map((word) => unquote(word));
  if (parts.length === 0)
    report.problem(
      at,
      `log_format "${name}" has no text`,
      `write: log_format ${name} '$remote_addr "$request" $status';`,
    );
  const kind = said === "json" || said === "none" ? said : "default";
  for (const word of words) report.template(at, word);
  return [unquote(name), { template: compileTemplate(parts.join("")), escape: kind }];
}

function readZone(at: Directive, report: Report): readonly (readonly [string, LimitZone])[] {
  const text = values(at);
  const name = text
    .find((word) => word.startsWith("zone="))
    ?.slice(5)
    .split(":")[0];
  const [, rate, unit] = /^rate=(\d+)r\/([sm])$/.exec(text.find((word) => word.startsWith("rate=")) ?? "") ?? [];
  if (name === undefined || rate === undefined) {
    report.problem(
      at,
      '"limit_req_zone" takes a key, a zone and a rate',
      "write: limit_req_zone $binary_remote_addr zone=NAME:10m rate=10r/s;",
    );
    return [];
  }
  const zone = { name, key: report.template(at, at.words[0] ?? ""), rate: Number(rate) / (unit === "m" ? 60 : 1) };
  return [[name, zone]];
}
