import { hostname } from "node:os";
import { headerOf } from "../client.ts";
import { resolvePath } from "../static/resolve-path.ts";
import { addressVariables } from "./address-variables.ts";
import { timeVariables } from "./time-variables.ts";
import type { Variables } from "./variable.ts";

const machine = hostname().toLowerCase();

/** ngx_http_core_module, "Embedded Variables": what the request says. */
export const requestVariables: Variables = {
  ...addressVariables,
  ...timeVariables,
  args: ({ args }) => args || undefined,
  query_string: ({ args }) => args || undefined,
  is_args: ({ args }) => (args === "" ? "" : "?"),
  uri: ({ uri }) => uri,
  document_uri: ({ uri }) => uri,
  request_uri: ({ rawUri }) => rawUri,
  request_method: ({ method }) => method,
  request: ({ request, rawUri }) => `${request.method} ${rawUri} ${protocolOf(request.httpVersion)}`,
  host: ({ host }) => host,
  hostname: () => machine,
  content_length: ({ request }) => headerOf(request, "content-length"),
  content_type: ({ request }) => headerOf(request, "content-type"),
  document_root: (exchange) => resolvePath(exchange, "").replace(/\/$/, ""),
  realpath_root: (exchange) => resolvePath(exchange, "").replace(/\/$/, ""),
  request_filename: (exchange) => resolvePath(exchange, exchange.uri),
  remote_user: (exchange) => exchange.user ?? basicUser(headerOf(exchange.request, "authorization")),
  request_id: ({ requestId }) => requestId,
  request_body: ({ body }) => body?.toString(),
  request_length: ({ request }) => String(requestLength(request.rawHeaders, request.headers["content-length"])),
  server_protocol: ({ request }) => protocolOf(request.httpVersion),
  server_name: ({ server }) => {
    const [first] = server.names;
    if (first?.kind === "exact") return first.name;
    return first?.kind === "tail"
      ? first.takesBare
        ? first.suffix
        : `*${first.suffix}`
      : first?.kind === "head"
        ? `${first.prefix}*`
        : "";
  },
  http2: ({ request }) => (request.httpVersion === "2.0" ? "h2" : ""),
  nginx_version: () => "1.28.0",
  pid: () => String(process.pid),
  limit_req_status: ({ limitStatus }) => limitStatus,
};

function protocolOf(version: string): string {
  return `HTTP/${version}`;
}

function basicUser(authorization: string | undefined): string | undefined {
  const encoded = /^basic +(\S+)/i.exec(authorization ?? "")?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString().split(":")[0];
}

function requestLength(rawHeaders: readonly string[], contentLength: string | undefined): number {
  return rawHeaders.reduce((total, word) => total + word.length + 2, 4) + Number(contentLength ?? 0);
}
