import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Whether every dependency that a folder's package.json names is installed, in it or in a folder above, as Node looks for it. (Node's
 * documentation, "Loading from node_modules folders".) Optional and development ones may be missing.
 */
export async function hasAllDependencies(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
  if (text === undefined) return hasModulesAbove(folder);
  const names = dependencyNames(text);
  const found = await Promise.all(names.map((name) => isInstalled(name, folder)));
  return found.every((each) => each);
}

/** A source folder without a package.json of its own belongs to the nearest one above. */
async function hasModulesAbove(folder: string): Promise<boolean> {
  const parent = dirname(folder);
  return parent === folder ? false : hasAllDependencies(parent);
}

function dependencyNames(text: string): readonly string[] {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== "object" || data === null || !("dependencies" in data)) return [];
    const { dependencies } = data;
    return typeof dependencies === "object" && dependencies !== null ? Object.keys(dependencies) : [];
  } catch {
    return [];
  }
}

async function isInstalled(name: string, folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    if (
      await stat(join(at, "node_modules", name)).then(
        () => true,
        () => false,
      )
    )
      return true;
    if (dirname(at) === at) return false;
  }
}
