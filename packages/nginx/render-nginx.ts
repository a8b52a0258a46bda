import { posix } from "node:path";
import type { NginxFile, NginxRendering, NginxRequest } from "@drydock/core";
import { type Directive, directive } from "./directive.ts";
import { placeText } from "./expand-includes.ts";
import { missingFeature } from "./features.ts";
import { formatOrigins, originsName } from "./line-origins.ts";
import { printNginx } from "./print.ts";
import { readMountedNginx } from "./read-mounted-nginx.ts";
import { rewriteListen } from "./rewrite-listen.ts";
import { PassRewriter } from "./rewrite-pass.ts";
import { quote, rewritePath } from "./rewrite-paths.ts";
import { rewriteUpstream } from "./rewrite-upstream.ts";

// Ours to say: how the process runs, and where it leaves its files.
const ours = new Set(["user", "pid", "daemon", "master_process", "load_module", "working_directory"]);
const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/**
 * Rewrites a production configuration for this machine, as one file with everything included: addresses, service names,
 * paths and logs change, features that the program is too old for are left out and noted, the rest stays as it is.
 * The second file says where each line of the first came from (see line-origins.ts).
 * @throws DevError NGINX_SYNTAX with every mistake, each with the file and the line
 */
export function renderNginx(request: NginxRequest): NginxRendering {
  const notices: string[] = [];
  const expanded = readMountedNginx(request.sources, notices);

  const top = [
    directive("daemon", "off"),
    ...(request.user === undefined ? [] : [directive("user", request.user)]),
    directive("pid", quote(posix.join(request.runDirectory, "nginx.pid"))),
    ...(expanded.some((each) => each.name === "error_log") ? [] : [directive("error_log", "stderr", "notice")]),
    ...expanded.filter((each) => !ours.has(each.name)).flatMap((each) => rewriteTop(each, request, notices)),
  ];
  const { text, origins } = printNginx(top);
  const file: NginxFile = {
    path: posix.join(request.runDirectory, "nginx.conf"),
    text,
    origins: origins.map((place) =>
      place && place.file !== "" ? { hostPath: place.file, line: place.line } : undefined,
    ),
  };
  const lines = { path: posix.join(request.runDirectory, originsName), text: formatOrigins(file.origins), origins: [] };
  return { files: [file, lines], notices };
}

/** `http` and `stream` have their own upstreams; the other top-level directives have none. */
function rewriteTop(each: Directive, request: NginxRequest, notices: string[]): readonly Directive[] {
  const pass = new PassRewriter(request, each.block ?? []);
  return rewrite(each, { request, notices, pass }).map((rewritten) => {
    if (!rewritten.block) return rewritten;
    const own = each.name === "http" ? ownFolders(request) : [];
    const kept = rewritten.block.filter((inner) => !inner.name.endsWith("_temp_path"));
    return { ...rewritten, block: [...own, ...pass.upstreams, ...kept] };
  });
}

interface Context {
  readonly request: NginxRequest;
  readonly notices: string[];
  readonly pass: PassRewriter;
}

function rewrite(each: Directive, context: Context): readonly Directive[] {
  const { request, notices, pass } = context;
  if (isDockersResolver(each)) return [];
  // An old program takes HTTP/2 as a flag of `listen`: see rewrite-listen.ts.
  const needed = each.name === "http2" ? undefined : missingFeature(each.name, request.version);
  if (needed !== undefined) {
    notices.push(`${placeText(each)}: ${each.name} is left out: it needs nginx ${needed}, this is ${request.version}.`);
    return [];
  }
  if (!each.block) return [pass.rewrite(rewritePath(each, request))];
  const block = each.name === "upstream" ? rewriteUpstream(each.block, request) : each.block;
  const listened = each.name === "server" ? rewriteListen(block, request, notices) : block;
  // A server that listens nowhere would take port 80 by nginx's default: its notices said why it is left out.
  if (each.name === "server" && !listened.some((inner) => inner.name === "listen")) return [];
  return [{ ...each, block: listened.flatMap((inner) => rewrite(inner, context)) }];
}

/** Docker's embedded DNS server is not there; addresses are written out instead. */
function isDockersResolver({ name, words }: Directive): boolean {
  return name === "resolver" && words.some((word) => word.startsWith("127.0.0.11"));
}

function ownFolders(request: NginxRequest): readonly Directive[] {
  return temporary.map((name) =>
    directive(`${name}_temp_path`, quote(posix.join(request.runDirectory, `${name}-temp`))),
  );
}
