import type { Exchange } from "../exchange.ts";

/** The Content-Type header of what a URI names: by its extension, else `default_type`; nothing where that is empty. */
export function contentType({ uri, settings }: Pick<Exchange, "uri" | "settings">): readonly string[] {
  const extension = /\.([^./]+)$/.exec(uri)?.[1]?.toLowerCase();
  const type = (extension === undefined ? undefined : settings.types.get(extension)) ?? settings.defaultType;
  if (type === "") return [];
  const hasCharset = settings.charset !== undefined && !type.includes("charset") && takesCharset.has(type);
  return ["Content-Type", hasCharset ? `${type}; charset=${settings.charset}` : type];
}

// ngx_http_charset_module, charset_types.
const takesCharset = new Set([
  "text/html",
  "text/xml",
  "text/plain",
  "text/vnd.wap.wml",
  "application/javascript",
  "application/rss+xml",
]);
