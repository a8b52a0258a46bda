import { createHash, type Hash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";

// What no program's own code is.
const passedOver = new Set(["node_modules", ".git", ".dev"]);
const importPattern = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;
const endings = ["", ".ts", ".mts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];

/** All files below a folder, but for installed packages and what git and Drydock keep; none where there is no folder. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = entries
    .filter(({ name }) => !passedOver.has(name))
    .map((entry): readonly string[] | Promise<readonly string[]> => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
    });
  return (await Promise.all(found)).flat();
}

/** These files, and what they import by relative paths, and what those import. */
export async function withImports(files: readonly string[]): Promise<readonly string[]> {
  const reached = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    if (reached.has(path)) return;
    reached.add(path);
    if (!/\.[cm]?[jt]sx?$/.test(path)) return;
    const text = await readFile(path, "utf8").catch(() => "");
    const imported = [...text.matchAll(importPattern)].flatMap(([, specifier = ""]) => fileOf(path, specifier));
    await Promise.all(imported.map(visit));
  };
  await Promise.all(files.map(visit));
  return [...reached];
}

/** Adds to a hash the files' places below a folder and their contents. */
export async function hashFiles(hash: Hash, folder: string, files: readonly string[]): Promise<void> {
  for (const path of [...new Set(files)].sort()) {
    const content = createHash("sha256").update(await readFile(path).catch(() => ""));
    hash.update(`\0${relative(folder, path)}\0`).update(content.digest());
  }
}

/** TypeScript's own files may be imported by the name that they will have. */
function fileOf(importer: string, specifier: string): readonly string[] {
  const path = resolve(dirname(importer), specifier);
  const candidates = [...endings.map((ending) => path + ending), path.replace(/\.([cm]?)js$/, ".$1ts")];
  const found = candidates.find((each) => existsSync(each) && statSync(each).isFile());
  return found === undefined ? [] : [found];
}
