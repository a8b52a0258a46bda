import type { PassTarget, Settings } from "@drydock/nginx";
import type { Exchange } from "../exchange.ts";
import { toWire } from "../wire.ts";

/** What a proxied request says in its head. */
export interface PassedHeaders {
  /** Names and values in turn, without Connection, Upgrade and Content-Length. */
  readonly headers: string[];
  /** The values of those; empty where they are not sent. */
  readonly connection: string;
  readonly upgrade: string;
}

// Not handed on by themselves (ngx_http_proxy_module, proxy_set_header and its defaults).
const own = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "te",
  "keep-alive",
  "expect",
  "upgrade",
  "http2-settings",
]);

/**
 * The headers of a proxied request: `Host: $proxy_host` and `Connection: close` by default; what `proxy_set_header` says takes the
 * place of the client's of that name, and an empty value takes it away.
 */
export function requestHeaders(exchange: Exchange, target: PassTarget): PassedHeaders {
  const { request, settings, server } = exchange;
  const headers: string[] = [];
  const said = setHeaders(exchange, settings.proxyHeaders);
  if (!said.has("host")) headers.push("Host", target.authority.startsWith("unix:") ? "localhost" : target.authority);
  let connection = "close";
  let upgrade = "";
  for (const [name, { written, value }] of said) {
    if (name === "connection") connection = value;
    else if (name === "upgrade") upgrade = value;
    else if (name !== "content-length" && name !== "transfer-encoding" && value !== "") headers.push(written, value);
  }
  if (!settings.proxyPassRequestHeaders) return { headers, connection, upgrade };
  const { rawHeaders } = request;
  const cookies: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const written = rawHeaders[at] ?? "";
    const name = written.toLowerCase();
    if (own.has(name) || said.has(name) || written.startsWith(":")) continue;
    if (written.includes("_") && !server.takesUnderscores) continue;
    // HTTP/2 may send each cookie by itself (RFC 9113, 8.2.3).
    if (name === "cookie" && request.httpVersion === "2.0") cookies.push(rawHeaders[at + 1] ?? "");
    else headers.push(written, rawHeaders[at + 1] ?? "");
  }
  if (cookies.length > 0) headers.push("Cookie", cookies.join("; "));
  return { headers, connection, upgrade };
}

function setHeaders(
  exchange: Exchange,
  rules: Settings["proxyHeaders"],
): ReadonlyMap<string, { readonly written: string; readonly value: string }> {
  return new Map(
    rules.map(
      ({ name, value }) =>
        [name.toLowerCase(), { written: name, value: toWire(value.evaluate(exchange.lookup).trim()) }] as const,
    ),
  );
}
