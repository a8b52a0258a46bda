import { isBuiltin } from "node:module";
import { posix } from "node:path";
import type { SourceFile } from "./codebase.ts";

/** What a specifier points to. Paths are relative to the repository. */
export type Target =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "workspace"; readonly folder: string; readonly subpath: string }
  /** `module` is without `node:` and subpath: `fs` for `node:fs/promises`. */
  | { readonly kind: "builtin"; readonly module: string }
  | { readonly kind: "vendor"; readonly name: string };

/** Says what `specifier` means in `file`. */
export function resolveSpecifier(file: SourceFile, specifier: string): Target {
  if (specifier.startsWith(".")) return { kind: "file", path: posix.join(posix.dirname(file.path), specifier) };
  const [first = "", second = "", ...rest] = specifier.replace(/^node:/, "").split("/");
  if (isBuiltin(specifier)) return { kind: "builtin", module: first };
  if (first === "@drydock") return { kind: "workspace", folder: second, subpath: rest.join("/") };
  return { kind: "vendor", name: first.startsWith("@") ? `${first}/${second}` : first };
}
