/**
 * The path of a request line as nginx matches it: percent-decoded, `.` and `..` resolved, slashes merged.
 * Undefined for one that leaves the root or is not well formed, which is answered 400 (ngx_http_parse_complex_uri).
 */
export function normalizePath(raw: string, mergesSlashes: boolean): string | undefined {
  if (!raw.startsWith("/")) return undefined;
  if (isPlain(raw)) return raw;
  const decoded = decode(raw);
  if (decoded === undefined || decoded.includes("\0")) return undefined;
  const kept: string[] = [];
  const segments = decoded.slice(1).split("/");
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === "..") {
      if (kept.length === 0) return undefined;
      kept.pop();
      if (isLast) kept.push("");
    } else if (segment === ".") {
      if (isLast) kept.push("");
    } else if (segment !== "" || isLast || !mergesSlashes) kept.push(segment);
  }
  return `/${kept.join("/")}`;
}

/** Nothing to decode, to resolve or to merge. */
function isPlain(raw: string): boolean {
  return !raw.includes("%") && !raw.includes("//") && !raw.includes("/.");
}

function decode(text: string): string | undefined {
  if (!text.includes("%")) return text;
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    // Bytes that are no UTF-8: one character each.
    return text.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  }
}

/** Percent-encodes a path as nginx does before it passes one on (ngx_escape_uri, NGX_ESCAPE_URI). */
export function escapePath(path: string): string {
  return path.replace(/[\0- "#%<>?\\^`{|}\x7f-\u{10ffff}]/gu, encode);
}

/** The same for what stands in arguments, where `&`, `+` and `;` have a meaning (NGX_ESCAPE_ARGS). */
export function escapeArgument(text: string): string {
  return text.replace(/[\0- "#%&+;<>?\\^`{|}\x7f-\u{10ffff}]/gu, encode);
}

function encode(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}

/** Splits what a request line asks for at its first `?`. */
export function splitQuery(target: string): { readonly path: string; readonly query: string | undefined } {
  const at = target.indexOf("?");
  return at < 0 ? { path: target, query: undefined } : { path: target.slice(0, at), query: target.slice(at + 1) };
}
