import type { Stats } from "node:fs";
import { headerOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";

/** nginx's entity tag of a file: its time and its size in hexadecimal. */
export function etagOf({ mtimeMs, size }: Pick<Stats, "mtimeMs" | "size">): string {
  return `"${Math.floor(mtimeMs / 1000).toString(16)}-${size.toString(16)}"`;
}

/** What the conditional headers of a request come to (RFC 9110, 13.2.2), in the order of ngx_http_not_modified_filter_module. */
export function checkConditions(exchange: Exchange, found: Stats, etag: string | undefined): 200 | 304 | 412 {
  const { request, settings } = exchange;
  const seconds = Math.floor(found.mtimeMs / 1000);
  const unmodified = headerOf(request, "if-unmodified-since");
  if (unmodified !== undefined && Date.parse(unmodified) / 1000 < seconds) return 412;
  const match = headerOf(request, "if-match");
  if (match !== undefined && !hasTag(match, etag, true)) return 412;
  const modified = headerOf(request, "if-modified-since");
  const noneMatch = headerOf(request, "if-none-match");
  if (modified === undefined && noneMatch === undefined) return 200;
  if (modified !== undefined && isModified(settings.ifModifiedSince, Date.parse(modified) / 1000, seconds)) return 200;
  if (noneMatch !== undefined && !hasTag(noneMatch, etag, false)) return 200;
  return 304;
}

function isModified(rule: "off" | "exact" | "before", since: number, seconds: number): boolean {
  if (rule === "off" || Number.isNaN(since)) return true;
  return rule === "exact" ? since !== seconds : since < seconds;
}

function hasTag(header: string, etag: string | undefined, isStrong: boolean): boolean {
  if (header.trim() === "*") return true;
  return header.split(",").some((part) => {
    const tag = part.trim();
    return tag === etag || (!isStrong && tag === `W/${etag}`);
  });
}
