import { headerOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";
import { fromWire } from "../wire.ts";

interface PrefixVariable {
  readonly prefix: string;
  readonly value: (exchange: Exchange, rest: string) => string | undefined;
}

/** Variables with open ends: `$arg_name`, `$http_name`, `$cookie_name`, `$sent_http_name`, `$upstream_http_name`, `$upstream_cookie_name`. */
export const prefixVariables: readonly PrefixVariable[] = [
  { prefix: "arg_", value: ({ args }, name) => argument(args, name) },
  { prefix: "http_", value: ({ request }, name) => headerOf(request, name.replaceAll("_", "-")) },
  { prefix: "cookie_", value: ({ request }, name) => cookie(headerOf(request, "cookie"), name) },
  { prefix: "sent_http_", value: ({ sentHeaders }, name) => flat(sentHeaders, name) },
  { prefix: "upstream_http_", value: ({ attempts }, name) => flat(attempts.at(-1)?.headers ?? [], name) },
  { prefix: "upstream_cookie_", value: ({ attempts }, name) => setCookie(attempts.at(-1)?.headers ?? [], name) },
];

/** As it stands in the arguments, not decoded. */
function argument(args: string, name: string): string | undefined {
  for (const part of args.split("&")) {
    const at = part.indexOf("=");
    if (at >= 0 && part.slice(0, at).toLowerCase() === name) return part.slice(at + 1);
  }
  return undefined;
}

function cookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at >= 0 && part.slice(0, at).trim().toLowerCase() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

function flat(headers: readonly string[], name: string): string | undefined {
  const wanted = name.replaceAll("_", "-");
  const found: string[] = [];
  for (let at = 0; at < headers.length; at += 2)
    if (headers[at]?.toLowerCase() === wanted) found.push(fromWire(headers[at + 1] ?? ""));
  return found.length === 0 ? undefined : found.join(", ");
}

function setCookie(headers: readonly string[], name: string): string | undefined {
  for (let at = 0; at < headers.length; at += 2) {
    if (headers[at]?.toLowerCase() !== "set-cookie") continue;
    const [pair = ""] = (headers[at + 1] ?? "").split(";");
    const equals = pair.indexOf("=");
    if (pair.slice(0, equals).trim().toLowerCase() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}
