import { headerOf } from "./client.ts";
import type { Exchange } from "./exchange.ts";

interface Compressible {
  readonly headers: readonly string[];
  readonly length: number | undefined;
}

interface Compression {
  readonly isOn: boolean;
  /** What it adds to the head. */
  readonly headers: readonly string[];
}

const none: Compression = { isOn: false, headers: [] };

/** Whether an answer is compressed: ngx_http_gzip_module's conditions, on the answer first and then on the request. */
export function compressionOf(exchange: Exchange, status: number, answer: Compressible): Compression {
  const { settings, request } = exchange;
  if (!settings.gzip || (status !== 200 && status !== 403 && status !== 404)) return none;
  if (answer.length !== undefined && answer.length < settings.gzipMinLength) return none;
  const type = headerIn(answer.headers, "content-type")?.split(";")[0]?.trim().toLowerCase();
  if (headerIn(answer.headers, "content-encoding") !== undefined || type === undefined) return none;
  if (!settings.gzipTypes.includes("*") && !settings.gzipTypes.includes(type)) return none;
  const vary = settings.gzipVary ? ["Vary", "Accept-Encoding"] : [];
  const isAccepted =
    acceptsGzip(headerOf(request, "accept-encoding")) && isNew(request.httpVersion, settings.gzipHttpVersion);
  if (!isAccepted || !isAllowedForProxies(exchange, answer)) return { isOn: false, headers: vary };
  return { isOn: true, headers: [...vary, "Content-Encoding", "gzip"] };
}

/** `gzip` without `q=0` (RFC 9110, 12.5.3). */
function acceptsGzip(header: string | undefined): boolean {
  if (header === undefined) return false;
  return header.split(",").some((part) => {
    const [coding = "", ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return (coding === "gzip" || coding === "*") && !parameters.some((each) => /^q=0(\.0*)?$/.test(each));
  });
}

function isNew(version: string, needed: string): boolean {
  return Number(version) >= Number(needed);
}

/** `gzip_proxied`: a request that came over a proxy says so with Via. */
function isAllowedForProxies({ request, settings }: Exchange, { headers }: Compressible): boolean {
  if (headerOf(request, "via") === undefined) return true;
  const rules = new Set(settings.gzipProxied);
  if (rules.has("off")) return false;
  if (rules.has("any")) return true;
  const control = headerIn(headers, "cache-control") ?? "";
  const expires = headerIn(headers, "expires");
  if (rules.has("auth") && headerOf(request, "authorization") !== undefined) return true;
  if (rules.has("expired") && expires !== undefined && Date.parse(expires) <= Date.now()) return true;
  if (rules.has("no_last_modified") && headerIn(headers, "last-modified") === undefined) return true;
  if (rules.has("no_etag") && headerIn(headers, "etag") === undefined) return true;
  return (["no-cache", "no-store", "private"] as const).some((word) => rules.has(word) && control.includes(word));
}

function headerIn(headers: readonly string[], name: string): string | undefined {
  for (let at = 0; at < headers.length; at += 2) if (headers[at]?.toLowerCase() === name) return headers[at + 1];
  return undefined;
}
