import { posix } from "node:path";
import type { NginxRequest } from "@drydock/core";
import { type Directive, unquote } from "./directive.ts";

/** Directives whose first word is a file or folder of the container. */
const withPath = new Set([
  "root",
  "alias",
  "ssl_certificate",
  "ssl_certificate_key",
  "ssl_trusted_certificate",
  "ssl_client_certificate",
  "ssl_dhparam",
  "ssl_session_ticket_key",
  "ssl_crl",
  "auth_basic_user_file",
  "proxy_ssl_certificate",
  "proxy_ssl_certificate_key",
  "proxy_ssl_trusted_certificate",
]);

/** Maps container paths to this machine's, and sends logs to where the supervisor reads them. */
export function rewritePath(each: Directive, request: NginxRequest): Directive {
  const [first, ...rest] = each.words;
  if (first === undefined) return each;
  if (withPath.has(each.name)) {
    const mapped = request.mapPath(unquote(first));
    return mapped === undefined ? each : { ...each, words: [quote(mapped), ...rest] };
  }
  if (each.name === "access_log" && first !== "off" && !first.startsWith("syslog:"))
    return { ...each, words: ["/dev/stdout", ...rest.filter((word) => !/^(buffer|flush|gzip)(=|$)/.test(word))] };
  if (each.name === "error_log" && !first.startsWith("syslog:")) return { ...each, words: ["stderr", ...rest] };
  if (each.name === "proxy_cache_path")
    return { ...each, words: [quote(posix.join(request.runDirectory, "cache", unquote(first))), ...rest] };
  return each;
}

/** A path as one word. */
export function quote(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : `"${path.replace(/["\\]/g, "\\$&")}"`;
}
