import { readSize, readTime } from "../configuration/words.ts";
import { type Directive, unquote } from "../directive.ts";

/** One directive that both sides are asked for, with how its values are compared. */
export interface Facet {
  readonly directive: string;
  readonly weight: 1 | 2 | 3;
  /** What nginx takes where nothing is said (the "Default" at nginx.org/en/docs). */
  readonly otherwise: string;
  /** The same text for what means the same. */
  meaning(all: readonly Directive[]): string;
  /** Whose side is to change: production where ours follows a guideline, else here. */
  readonly side: "theirs" | "ours";
}

const words = (all: readonly Directive[]): readonly string[] => all.flatMap((each) => each.words.map(unquote));
const plain = (all: readonly Directive[]): string => words(all).join(" ");
const asSet = (all: readonly Directive[]): string => [...new Set(words(all))].toSorted().join(" ");
const asTime = (all: readonly Directive[]): string => {
  const [first = ""] = words(all);
  return String(readTime(first) ?? first);
};
const asSize = (all: readonly Directive[]): string => {
  const [first = ""] = words(all);
  return String(readSize(first) ?? first);
};
const lines = (all: readonly Directive[]): string => all.map((each) => each.words.map(unquote).join(" ")).join("; ");
const isThere = (all: readonly Directive[]): string => (words(all)[0] === "off" || all.length === 0 ? "off" : "on");
/** Suites in any order: the client chooses unless the server prefers. */
const asSuites = (all: readonly Directive[]): string => plain(all).split(":").toSorted().join(":");

function facet(
  directive: string,
  weight: Facet["weight"],
  otherwise: string,
  meaning: Facet["meaning"],
  side: Facet["side"] = "ours",
): Facet {
  return { directive, weight, otherwise, meaning, side };
}

/** Asked of a server that speaks TLS. */
export const tlsFacets: readonly Facet[] = [
  facet("ssl_protocols", 3, "TLSv1.2 TLSv1.3", asSet, "theirs"),
  facet("ssl_ciphers", 2, "HIGH:!aNULL:!MD5", asSuites, "theirs"),
  facet("ssl_ecdh_curve", 1, "auto", plain, "theirs"),
  facet("ssl_prefer_server_ciphers", 1, "off", plain, "theirs"),
  facet("ssl_session_timeout", 1, "5m", asTime, "theirs"),
  facet("ssl_session_tickets", 1, "on", plain, "theirs"),
  facet("ssl_verify_client", 3, "off", plain),
];

/** Asked of every server. */
export const serverFacets: readonly Facet[] = [
  facet("client_header_timeout", 1, "60s", asTime),
  facet("keepalive_timeout", 1, "75s", asTime),
  facet("server_tokens", 1, "on", plain, "theirs"),
];

/** Asked of every location; a server without one is asked itself. */
export const locationFacets: readonly Facet[] = [
  facet("return", 3, "", plain),
  facet("rewrite", 3, "", lines),
  facet("try_files", 3, "", plain),
  facet("root", 1, "", isThere),
  facet("alias", 1, "", isThere),
  facet("client_max_body_size", 3, "1m", asSize),
  facet("proxy_connect_timeout", 2, "60s", asTime),
  facet("proxy_read_timeout", 3, "60s", asTime),
  facet("proxy_send_timeout", 2, "60s", asTime),
  facet("client_body_timeout", 1, "60s", asTime),
  facet("send_timeout", 1, "60s", asTime),
  facet("proxy_http_version", 2, "1.0", plain),
  facet("proxy_buffering", 2, "on", plain),
  facet("proxy_request_buffering", 2, "on", plain),
  facet("proxy_next_upstream", 2, "error timeout", asSet),
  facet("proxy_next_upstream_tries", 1, "0", plain),
  facet("proxy_next_upstream_timeout", 1, "0", asTime),
  facet("proxy_intercept_errors", 2, "off", plain),
  facet("proxy_redirect", 2, "default", lines),
  facet("proxy_cookie_domain", 2, "off", lines),
  facet("proxy_cookie_path", 2, "off", lines),
  facet("proxy_cache", 2, "off", isThere),
  facet("error_page", 2, "", lines),
  facet("expires", 2, "off", plain),
  facet("auth_basic", 3, "off", isThere),
  facet("satisfy", 2, "all", plain),
  facet("allow", 3, "", lines),
  facet("deny", 3, "", lines),
  facet("limit_conn", 2, "", lines),
  facet("limit_rate", 1, "0", asSize),
  facet("gzip", 1, "off", plain),
  facet("gzip_types", 1, "text/html", (all) => asSet([...all, { name: "", words: ["text/html"] }])),
  facet("gzip_min_length", 1, "20", asSize),
  facet("gzip_proxied", 1, "off", asSet),
];

/** What a block says with a directive, or inherits: the innermost level that has any decides, as nginx does for all of these. */
export function effective(levels: readonly (readonly Directive[])[], name: string): readonly Directive[] {
  for (const level of levels) {
    const found = level.filter((each) => each.name === name);
    if (found.length > 0) return found;
  }
  return [];
}

// The rewrite module's own, and what makes an answer: of their own block alone (nginx.org, the context of each).
const ownOnly = new Set(["return", "rewrite", "try_files", "proxy_pass", "alias"]);

/** The same for a facet: what is not inherited is looked for in the block itself. */
export function facetDirectives(levels: readonly (readonly Directive[])[], name: string): readonly Directive[] {
  return effective(ownOnly.has(name) ? levels.slice(0, 1) : levels, name);
}
