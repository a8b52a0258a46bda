import { posix } from "node:path";
import { type Directive, directive } from "./directive.ts";
import { expandIncludes, placeText } from "./expand-includes.ts";
import { missingFeature } from "./features.ts";
import { parseNginx } from "./parse.ts";
import { printNginx } from "./print.ts";
import type { NginxFile, NginxRendering, NginxRequest } from "./request.ts";
import { rewriteListen } from "./rewrite-listen.ts";
import { PassRewriter } from "./rewrite-pass.ts";
import { quote, rewritePath } from "./rewrite-paths.ts";
import { rewriteUpstream } from "./rewrite-upstream.ts";

const mainPath = "/etc/nginx/nginx.conf";

// What the official image's own main file comes to (https://hub.docker.com/_/nginx), for stacks that mount only sites.
const defaultMain = `events { worker_connections 1024; }
http {
  include mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout;
  sendfile on;
  keepalive_timeout 65;
  include /etc/nginx/conf.d/*.conf;
}`;

// Ours to say: how the process runs, and where it leaves its files.
const ours = new Set(["user", "pid", "daemon", "master_process", "load_module", "working_directory"]);
const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/**
 * Rewrites a production configuration for this machine, as one file with everything included: addresses, service names,
 * paths and logs change, features that the program is too old for are left out and noted, the rest stays as it is.
 * @throws DevError NGINX_SYNTAX with the file and the line
 */
export function renderNginx(request: NginxRequest): NginxRendering {
  const notices: string[] = [];
  const main = request.sources.find((source) => source.path === mainPath);
  const parsed = main ? parseNginx(main.text, main.hostPath) : parseNginx(defaultMain, "");
  const expanded = expandIncludes(parsed, request.sources, notices);
  const http = expanded.flatMap((each) => (each.name === "http" ? (each.block ?? []) : []));
  const context: Context = { request, notices, pass: new PassRewriter(request, http) };

  const top = [
    directive("daemon", "off"),
    ...(request.user === undefined ? [] : [directive("user", request.user)]),
    directive("pid", quote(posix.join(request.runDirectory, "nginx.pid"))),
    ...(expanded.some((each) => each.name === "error_log") ? [] : [directive("error_log", "stderr", "notice")]),
    ...expanded.filter((each) => !ours.has(each.name)).flatMap((each) => rewrite(each, context)),
  ];
  const { text, origins } = printNginx(top.map((each) => (each.name === "http" ? withOurs(each, context) : each)));
  const file: NginxFile = {
    path: posix.join(request.runDirectory, "nginx.conf"),
    text,
    origins: origins.map((place) =>
      place && place.file !== "" ? { hostPath: place.file, line: place.line } : undefined,
    ),
  };
  return { files: [file], notices };
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
  return [{ ...each, block: listened.flatMap((inner) => rewrite(inner, context)) }];
}

/** Docker's embedded DNS server is not there; addresses are written out instead. */
function isDockersResolver({ name, words }: Directive): boolean {
  return name === "resolver" && words.some((word) => word.startsWith("127.0.0.11"));
}

function withOurs(http: Directive, { request, pass }: Context): Directive {
  const folders = temporary.map((name) =>
    directive(`${name}_temp_path`, quote(posix.join(request.runDirectory, `${name}-temp`))),
  );
  const kept = (http.block ?? []).filter((each) => !each.name.endsWith("_temp_path"));
  return { ...http, block: [...folders, ...pass.upstreams, ...kept] };
}
