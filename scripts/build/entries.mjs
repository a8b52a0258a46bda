import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {{ readonly name: string, readonly path: string }} Entry
 *
 * The sources that are bundled under a name of their own: `main`, which bin/dev.js loads, and a module for each subpath
 * in the manifest's `exports` (`./dist/drydock.js` is made from drydock.ts). Those that are not written yet are left out.
 *
 * @param {string} folder of the published package
 * @param {{ exports?: Record<string, { default: string }> }} manifest
 * @returns {{ programs: Entry[], modules: Entry[] }}
 */
export function findEntries(folder, manifest) {
  const names = Object.values(manifest.exports ?? {}).flatMap(
    (target) => /^\.\/dist\/(.+)\.js$/.exec(target.default)?.[1] ?? [],
  );
  const existing = (/** @type {string} */ name) => {
    const path = join(folder, `${name}.ts`);
    return existsSync(path) ? [{ name, path }] : [];
  };
  return { programs: existing("main"), modules: names.flatMap(existing) };
}
