import { type Directive, directive } from "../directive.ts";
import { mimeTypes } from "../mime-types.ts";
import { printNginx } from "../print.ts";
import { quote } from "../rewrite-paths.ts";
import type { FrontPlan } from "./front-plan.ts";
import { keepAlive } from "./keep-alive.ts";
import { pageEncoding, pageHeaders } from "./page-script.ts";
import { usualHeaders } from "./request-headers.ts";
import { zoneName } from "./route-location.ts";
import { siteServers } from "./site-servers.ts";
import { tlsProfile } from "./tls-profile.ts";
import { servicesOf, upstreamBlocks } from "./upstream-block.ts";

/** Writes a front as a whole nginx configuration. The same plan always gives the same text. */
export function renderFront(plan: FrontPlan): string {
  const http = { ...directive("http"), block: httpBlock(plan) };
  const events = { ...directive("events"), block: [directive("worker_connections", "1024")] };
  return printNginx([events, http]).text;
}

function httpBlock(plan: FrontPlan): readonly Directive[] {
  return [
    ...logging(plan),
    ...temporary(plan),
    map("$http_upgrade", "$connection_upgrade", ["default", "upgrade"], ['""', '""']),
    // A caller's own id is kept where it is a decent one, so that one id leads through every log.
    map(
      "$http_x_request_id",
      "$trace_id",
      ["default", "$request_id"],
      ['"~^[A-Za-z0-9._-]{8,64}$"', "$http_x_request_id"],
    ),
    ...pageEncoding(plan),
    ...limitZones(plan),
    ...(plan.resolver === undefined ? [] : [directive("resolver", plan.resolver, "valid=1s", "ipv6=off")]),
    ...upstreamBlocks(plan),
    ...typesOf(plan),
    directive("server_tokens", "off"),
    ...tlsProfile(quote(plan.certificate), quote(plan.key)),
    ...keepAlive(plan),
    directive("client_max_body_size", "0"),
    directive("gzip", "on"),
    directive("gzip_proxied", "any"),
    directive("gzip_types", ...compressible),
    ...passing,
    ...pageHeaders(plan),
    ...siteServers(plan),
  ];
}

/** Folders that nginx makes at its start, whether it uses them or not. */
function temporary({ temporaryFolder }: FrontPlan): readonly Directive[] {
  if (temporaryFolder === undefined) return [];
  return ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) =>
    directive(`${name}_temp_path`, quote(`${temporaryFolder}/${name}-temp`)),
  );
}

/** What files are, where some are served: written out, because not every place has a mime.types. */
function typesOf({ sites }: FrontPlan): readonly Directive[] {
  const hasFolder = sites.some(({ routes }) => routes.some(({ answer }) => answer.kind === "folder"));
  return hasFolder ? [...mimeTypes, directive("default_type", "application/octet-stream")] : [];
}

const compressible = [
  "application/json",
  "application/javascript",
  "text/css",
  "text/javascript",
  "text/plain",
  "image/svg+xml",
];

const passing: readonly Directive[] = [
  directive("proxy_http_version", "1.1"),
  ...usualHeaders,
  directive("proxy_hide_header", "X-Request-Id"),
  directive("proxy_hide_header", "Strict-Transport-Security"),
  // A service that does not know of TLS sends people to its own address without it.
  directive("proxy_redirect", "http://$http_host/", "https://$http_host/"),
  directive("proxy_connect_timeout", "5s"),
  directive("proxy_read_timeout", "1h"),
  directive("proxy_send_timeout", "1h"),
  directive("proxy_buffering", "off"),
  directive("proxy_next_upstream", "error", "timeout"),
  directive("proxy_next_upstream_timeout", "10s"),
  directive("limit_req_status", "429"),
];

const logFields: readonly (readonly [string, string])[] = [
  ["time", "$time_iso8601"],
  ["client", "$remote_addr"],
  ["method", "$request_method"],
  ["host", "$http_host"],
  ["uri", "$request_uri"],
  ["protocol", "$server_protocol"],
  ["status", "$status"],
  ["bytes", "$body_bytes_sent"],
  ["seconds", "$request_time"],
  ["requestId", "$trace_id"],
  ["upstream", "$upstream_addr"],
  ["upstreamStatus", "$upstream_status"],
  ["upstreamSeconds", "$upstream_response_time"],
];
const bareFields: ReadonlySet<string> = new Set(["status", "bytes", "seconds"]);

function logging({ accessLog }: FrontPlan): readonly Directive[] {
  const fields = logFields.map(([name, value]) => `"${name}":${bareFields.has(name) ? value : `"${value}"`}`);
  return [
    directive("log_format", "json_lines", "escape=json", `'{${fields.join(",")}}'`),
    directive(
      "access_log",
      accessLog === "off" ? "off" : quote(accessLog),
      ...(accessLog === "off" ? [] : ["json_lines"]),
    ),
  ];
}

function map(from: string, to: string, ...cases: readonly (readonly [string, string])[]): Directive {
  return { ...directive("map", from, to), block: cases.map(([name, value]) => directive(name, value)) };
}

/** One zone for each rate of an upstream. */
function limitZones({ sites }: FrontPlan): readonly Directive[] {
  const limited = sites.flatMap(({ routes }) => servicesOf(routes)).filter(({ perSecond }) => perSecond !== undefined);
  const zones = new Map(limited.map((service) => [zoneName(service), service.perSecond]));
  return [...zones].map(([name, perSecond]) =>
    directive("limit_req_zone", "$binary_remote_addr", `zone=${name}:1m`, `rate=${perSecond}r/s`),
  );
}
