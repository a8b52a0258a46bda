import type { Location } from "@drydock/nginx";
import type { Exchange } from "../exchange.ts";
import { look } from "./look.ts";
import { resolvePath } from "./resolve-path.ts";

/** Where a request goes when none of the files is there; undefined when one is, which the URI names now. */
type TriedFiles =
  | { readonly kind: "uri"; readonly uri: string }
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "status"; readonly status: number }
  | undefined;

/** ngx_http_core_module, try_files. */
export function tryFiles(exchange: Exchange, { candidates, last }: NonNullable<Location["tryFiles"]>): TriedFiles {
  const { alias, replaced, path: root } = exchange.settings.root;
  for (const { path, isFolder } of candidates) {
    const text = path.evaluate(exchange.lookup);
    // With `alias`, the prefix of the location is taken off where the candidate has it.
    const isUnderAlias = alias === "prefix" && !text.startsWith(exchange.uri.slice(0, replaced));
    const file = isUnderAlias ? root.evaluate(exchange.lookup) + text : resolvePath(exchange, text);
    const found = look(file);
    if (typeof found === "number" || found.isDirectory() !== isFolder) continue;
    exchange.uri = text;
    return undefined;
  }
  if (last.kind === "uri") return { kind: "uri", uri: last.uri.evaluate(exchange.lookup) };
  return last;
}
