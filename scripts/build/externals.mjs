/**
 * What the published package imports against what installing it brings.
 *
 * @param {ReadonlySet<string>} imported package names that the build's output imports
 * @param {{ dependencies?: Record<string, string> }} manifest
 * @returns {string[]} a sentence for each difference
 */
export function compareWithManifest(imported, manifest) {
  const listed = Object.keys(manifest.dependencies ?? {});
  return [
    ...[...imported]
      .filter((name) => !listed.includes(name))
      .sort()
      .map((name) => `the bundle imports ${name}, dependencies do not list it`),
    ...listed
      .filter((name) => !imported.has(name))
      .map((name) => `dependencies list ${name}, the bundle does not import it`),
  ];
}

/**
 * The package of a specifier: `zod` for `zod/v4`, `@inkjs/ui` for itself.
 *
 * @param {string} specifier
 */
export function packageName(specifier) {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
