import type { CookieRule, PassTarget, Settings } from "@drydock/nginx";
import type { Exchange } from "../exchange.ts";

// Not handed on unless proxy_pass_header says so, or never because they belong to the connection (ngx_http_proxy_module, proxy_hide_header).
const hidden = new Set([
  "date",
  "server",
  "x-pad",
  "x-accel-expires",
  "x-accel-redirect",
  "x-accel-limit-rate",
  "x-accel-buffering",
  "x-accel-charset",
]);
const ofConnection = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "upgrade"]);

/** The headers of an upstream's answer as the client gets them. */
export function responseHeaders(exchange: Exchange, target: PassTarget, headers: readonly string[]): readonly string[] {
  const { settings } = exchange;
  const kept: string[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    const written = headers[at] ?? "";
    const value = headers[at + 1] ?? "";
    const name = written.toLowerCase();
    if (ofConnection.has(name)) continue;
    if ((hidden.has(name) && !settings.proxyPassHeaders.includes(name)) || settings.proxyHideHeaders.includes(name))
      continue;
    if (name === "location") kept.push(written, redirected(exchange, target, value));
    else if (name === "refresh")
      kept.push(
        written,
        value.replace(/(url=)(.*)$/i, (_, key: string, url: string) => key + redirected(exchange, target, url)),
      );
    else if (name === "set-cookie") kept.push(written, cookieFor(exchange, value));
    else kept.push(written, value);
  }
  return kept;
}

/** `proxy_redirect`: the first rule that fits changes the address. */
function redirected(exchange: Exchange, target: PassTarget, location: string): string {
  for (const rule of exchange.settings.proxyRedirect ?? ["default" as const]) {
    const changed = rule === "default" ? byDefault(exchange, target, location) : byRule(exchange, rule, location);
    if (changed !== undefined) return changed;
  }
  return location;
}

/** The address of `proxy_pass` becomes the location's prefix; with variables in it there is no default. */
function byDefault(
  { location: { match, handler } }: Exchange,
  target: PassTarget,
  location: string,
): string | undefined {
  if (handler.kind !== "proxy" || !handler.pass.fixed) return undefined;
  const from = `${target.scheme}://${target.authority}${target.uri ?? "/"}`;
  const prefix = "path" in match && match.kind !== "named" ? match.path : "/";
  // Without a URI the whole path is passed on: it stays.
  const to = target.uri === undefined ? "/" : prefix;
  return location.startsWith(from) ? to + location.slice(from.length) : undefined;
}

function byRule(
  exchange: Exchange,
  rule: Exclude<NonNullable<Settings["proxyRedirect"]>[number], "default">,
  location: string,
): string | undefined {
  const { from, to } = rule;
  if (from instanceof RegExp) {
    const match = from.exec(location);
    if (!match) return undefined;
    return location.replace(
      from,
      to.evaluate((name) => (/^[1-9]$/.test(name) ? match[Number(name)] : exchange.lookup(name))),
    );
  }
  const prefix = from.evaluate(exchange.lookup);
  return location.startsWith(prefix) ? to.evaluate(exchange.lookup) + location.slice(prefix.length) : undefined;
}

function cookieFor(exchange: Exchange, cookie: string): string {
  const { proxyCookieDomain, proxyCookiePath } = exchange.settings;
  if (proxyCookieDomain.length === 0 && proxyCookiePath.length === 0) return cookie;
  const change = (attribute: string, rules: readonly CookieRule[], text: string): string =>
    text.replace(new RegExp(`(;\\s*${attribute}=)([^;]*)`, "i"), (whole, key: string, value: string) => {
      for (const { from, to } of rules) {
        const fresh = to.evaluate(exchange.lookup);
        if (from instanceof RegExp && from.test(value)) return key + value.replace(from, fresh);
        if (typeof from === "string" && attribute === "path" && value.startsWith(from))
          return key + fresh + value.slice(from.length);
        if (
          typeof from === "string" &&
          attribute === "domain" &&
          value.replace(/^\./, "").toLowerCase() === from.replace(/^\./, "").toLowerCase()
        )
          return key + fresh;
      }
      return whole;
    });
  return change("path", proxyCookiePath, change("domain", proxyCookieDomain, cookie));
}
