import type { Package } from "./codebase.ts";

/** The files whose exports a package promises: index.ts, and the modules that its package.json publishes by name. */
export function promisedPaths({ folder, manifest }: Package): readonly string[] {
  const published = manifest.exports.map((subpath) => (subpath === "." ? manifest.name : subpath.slice("./".length)));
  return ["index", ...published].map((name) => `packages/${folder}/${name}.ts`);
}
