import { type Directive, unquote } from "../directive.ts";
import { quietDirectives } from "../directives/quiet-directives.ts";
import { inIf, settingDirectives } from "../directives/setting-directives.ts";
import { reportDuplicates, reportStranger } from "./block-names.ts";
import type { Action, Location, LocationTree } from "./model.ts";
import { actionNames, readActions } from "./read-actions.ts";
import { handlerNames, readHandler } from "./read-handler.ts";
import { readSettings } from "./read-settings.ts";
import { readTryFiles } from "./read-try-files.ts";
import type { Report } from "./report.ts";
import type { Settings } from "./settings.ts";

/** What the locations of one server have in common while they are read. */
export interface LocationContext {
  readonly report: Report;
  /** Named locations of the server, filled while reading. */
  readonly named: Map<string, Location>;
}

/** Reads the locations that a block holds. */
export function readLocations(
  block: readonly Directive[],
  inherited: Settings,
  context: LocationContext,
): LocationTree {
  const exact = new Map<string, Location>();
  const prefixes = new Map<string, Location>();
  const regexes: Location[] = [];
  for (const each of block) {
    if (each.name !== "location") continue;
    const location = readLocation(each, inherited, context);
    if (!location) continue;
    const { match } = location;
    if (match.kind === "regex") regexes.push(location);
    else if (match.kind !== "server") {
      const home = match.kind === "exact" ? exact : match.kind === "named" ? context.named : prefixes;
      if (home.has(match.path))
        context.report.problem(each, `location "${match.path}" is duplicate`, "join the two blocks");
      home.set(match.path, location);
    }
  }
  const longestFirst = [...prefixes].sort(([a], [b]) => b.length - a.length).map(([, location]) => location);
  return { exact, prefixes: longestFirst, regexes };
}

function readLocation(at: Directive, inherited: Settings, context: LocationContext): Location | undefined {
  const { report } = context;
  const match = readMatch(at, report);
  if (!match) return undefined;
  return buildLocation(at, match, inherited, context);
}

const known = (name: string) =>
  settingDirectives.has(name) || actionNames.has(name) || handlerNames.has(name) || ownNames.has(name);
const ownNames = new Set(["location", "alias", "internal", "try_files", "limit_except"]);

function buildLocation(
  at: Directive,
  match: Location["match"],
  inherited: Settings,
  context: LocationContext,
): Location {
  const { report } = context;
  const block = at.block ?? [];
  for (const each of block) if (!known(each.name)) reportStranger(each, "location", report);
  reportDuplicates(block, report);
  const settings = withAlias(block, match, readSettings(block, inherited, report), report);
  const handler = readHandler(block, match, false, report) ?? { kind: "static" };
  const location: Location = {
    label: at.words.join(" "),
    match,
    settings,
    actions: [],
    isInternal: match.kind === "named" || block.some((each) => each.name === "internal"),
    handler,
    tryFiles: readTryFiles(block, report),
    limitExcept: readLimitExcept(block, settings, report),
    locations: readLocations(block, settings, context),
  };
  return {
    ...location,
    actions: readActions(block, report, (each, actions) => readIf(each, actions, location, report)),
  };
}

/** An `if` is a location without a name: it inherits everything, who answers too, but no `try_files` (ngx_http_rewrite_module). */
function readIf(at: Directive, actions: readonly Action[], around: Location, report: Report): Location {
  const block = at.block ?? [];
  for (const { name, ...rest } of block) {
    if (actionNames.has(name) && name !== "if") continue;
    if (!handlerNames.has(name) && !inIf.has(name) && !quietDirectives.has(name))
      report.problem({ name, ...rest }, `"${name}" is not allowed in if`, "put it into a location, or choose by a map");
  }
  const settings = readSettings(block, around.settings, report);
  const handler = readHandler(block, around.match, true, report) ?? around.handler;
  return { ...around, settings, handler, actions, tryFiles: undefined };
}

function readMatch(at: Directive, report: Report): Location["match"] | undefined {
  const words = at.words.length === 1 ? splitGlued(unquote(at.words[0] ?? "")) : at.words.map(unquote);
  const [modifier = "", path] = words;
  if (words.length === 1) return { kind: modifier.startsWith("@") ? "named" : "prefix", path: modifier };
  if (words.length === 2 && path !== undefined) {
    if (modifier === "=") return { kind: "exact", path };
    if (modifier === "^~") return { kind: "preferred", path };
    if (modifier === "~" || modifier === "~*")
      return { kind: "regex", regex: report.regex(at, path, modifier === "~*") };
  }
  report.problem(
    at,
    `location "${at.words.join(" ")}" is not understood`,
    "write: location [= | ^~ | ~ | ~*] /path { ... }",
  );
  return undefined;
}

/** `=/x` and `~^/x` are written without a space, too. */
function splitGlued(word: string): readonly string[] {
  const match = /^(=|\^~|~\*|~)([\s\S]+)$/.exec(word);
  return match ? [match[1] ?? "", match[2] ?? ""] : [word];
}

function withAlias(
  block: readonly Directive[],
  match: Location["match"],
  settings: Settings,
  report: Report,
): Settings {
  const at = block.find((each) => each.name === "alias");
  if (!at) return settings;
  if (match.kind === "named") report.problem(at, '"alias" cannot be used in a named location', "write root instead");
  if (block.some((each) => each.name === "root"))
    report.problem(at, '"alias" stands beside "root"', "keep one of them");
  const path = report.template(at, at.words[0] ?? "");
  const replaced = "path" in match ? match.path.length : 0;
  return { ...settings, root: { path, alias: match.kind === "regex" ? "regex" : "prefix", replaced } };
}

function readLimitExcept(block: readonly Directive[], settings: Settings, report: Report): Location["limitExcept"] {
  const at = block.find((each) => each.name === "limit_except");
  if (!at) return undefined;
  const methods = at.words.map((word) => unquote(word).toUpperCase());
  const withHead = methods.includes("GET") ? [...methods, "HEAD"] : methods;
  return { methods: withHead, settings: readSettings(at.block ?? [], settings, report) };
}
