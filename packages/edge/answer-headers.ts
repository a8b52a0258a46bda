import type { ExpiresRule } from "@drydock/nginx";
import type { Exchange } from "./exchange.ts";
import { toWire } from "./wire.ts";

// ngx_http_headers_module: without `always`, headers are added for these only.
const usual = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

/** Adds what `expires` and `add_header` say to the head of an answer. */
export function addHeaders(
  { settings, lookup }: Exchange,
  status: number,
  headers: string[],
  modifiedAt: number | undefined,
): void {
  const isUsual = usual.has(status);
  if (isUsual && settings.expires.kind !== "off") setExpires(settings.expires, headers, modifiedAt);
  for (const { name, value, isAlways } of settings.addHeaders) {
    if (!isUsual && !isAlways) continue;
    const text = value.evaluate(lookup);
    if (/^last-modified$/i.test(name)) remove(headers, "last-modified");
    if (text !== "") headers.push(name, toWire(text));
  }
}

function setExpires(rule: ExpiresRule, headers: string[], modifiedAt: number | undefined): void {
  remove(headers, "expires");
  remove(headers, "cache-control");
  const now = Date.now();
  if (rule.kind === "epoch") headers.push("Expires", "Thu, 01 Jan 1970 00:00:01 GMT", "Cache-Control", "no-cache");
  // Ten years: the date and the seconds stand in the manual.
  else if (rule.kind === "max")
    headers.push("Expires", "Thu, 31 Dec 2037 23:55:55 GMT", "Cache-Control", "max-age=315360000");
  else {
    const expiresAt = expiryOf(rule, now, modifiedAt);
    const seconds = Math.round((expiresAt - now) / 1000);
    headers.push(
      "Expires",
      new Date(expiresAt).toUTCString(),
      "Cache-Control",
      seconds < 0 ? "no-cache" : `max-age=${seconds}`,
    );
  }
}

function expiryOf(rule: ExpiresRule, now: number, modifiedAt: number | undefined): number {
  if (rule.kind === "modified") return (modifiedAt ?? now) + rule.seconds * 1000;
  if (rule.kind === "after") return now + rule.seconds * 1000;
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const today = midnight + rule.seconds * 1000;
  return today > now ? today : today + 86_400_000;
}

function remove(headers: string[], name: string): void {
  for (let at = headers.length - 2; at >= 0; at -= 2) if (headers[at]?.toLowerCase() === name) headers.splice(at, 2);
}
