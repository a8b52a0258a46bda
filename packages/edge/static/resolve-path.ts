import { isAbsolute, resolve } from "node:path";
import type { Exchange } from "../exchange.ts";

/** The file that a URI names: `root` and the URI, or `alias` and the rest of it (ngx_http_core_module, root and alias). */
export function resolvePath({ settings, generation, lookup, isLocationValid }: Exchange, uri: string): string {
  const { path, alias, replaced } = settings.root;
  const folder = resolveKeepingSlash(generation.prefix, path.evaluate(lookup));
  if (alias === "regex") return folder;
  if (alias === "prefix" && isLocationValid) return folder + uri.slice(replaced);
  return folder.replace(/\/$/, "") + uri;
}

/** An `alias` ends with a slash where its location does, and the rest of the URI is put right behind it. */
function resolveKeepingSlash(prefix: string, path: string): string {
  if (isAbsolute(path)) return path;
  const resolved = resolve(prefix, path);
  return path.endsWith("/") ? `${resolved}/` : resolved;
}
