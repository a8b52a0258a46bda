import type { Location, LocationTree } from "../configuration/model.ts";

/** Which location takes a URI. */
export type FoundLocation =
  | { readonly kind: "location"; readonly location: Location; readonly match: RegExpExecArray | undefined }
  /** The URI lacks the slash that a proxied location ends with (ngx_http_core_module, location): 301. */
  | { readonly kind: "add-slash" }
  | undefined;

/**
 * nginx's order (ngx_http_core_module, location): `=` first; then the longest prefix, inside it its nested locations; unless that is
 * `^~`, the first regular expression that fits; else the prefix.
 */
export function findLocation(tree: LocationTree, uri: string): FoundLocation {
  return find(tree, uri)?.found;
}

/** `isFinal`: it was exact or a regular expression, so the levels above do not look at theirs. */
function find(
  tree: LocationTree,
  uri: string,
): { readonly found: FoundLocation; readonly isFinal: boolean } | undefined {
  const exact = tree.exact.get(uri);
  if (exact) return { found: { kind: "location", location: exact, match: undefined }, isFinal: true };
  const prefix = tree.prefixes.find(({ match }) => "path" in match && uri.startsWith(match.path));
  if (lacksSlash(tree, uri, prefix)) return { found: { kind: "add-slash" }, isFinal: true };
  const nested = prefix && find(prefix.locations, uri);
  if (nested?.isFinal) return nested;
  const isPreferred = prefix?.match.kind === "preferred";
  for (const location of isPreferred ? [] : tree.regexes) {
    if (location.match.kind !== "regex") continue;
    const match = location.match.regex.exec(uri);
    if (!match) continue;
    const inner = find(location.locations, uri);
    return { found: inner?.found ?? { kind: "location", location, match }, isFinal: true };
  }
  if (nested) return nested;
  return prefix && { found: { kind: "location", location: prefix, match: undefined }, isFinal: false };
}

function lacksSlash(tree: LocationTree, uri: string, longest: Location | undefined): boolean {
  if (uri.endsWith("/") || (longest && "path" in longest.match && longest.match.path === uri)) return false;
  const wanted = `${uri}/`;
  return tree.prefixes.some(
    ({ match, handler }) =>
      "path" in match && match.path === wanted && (handler.kind === "proxy" || handler.kind === "unsupported"),
  );
}
