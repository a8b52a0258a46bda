import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./bundle.mjs";
import { writeDeclarations } from "./declarations.mjs";
import { findEntries } from "./entries.mjs";
import { compareWithManifest } from "./externals.mjs";
import { replaceFolder } from "./replace-folder.mjs";
import { copyTemplates } from "./templates.mjs";

/**
 * Builds packages/cli/dist: programs and modules, types, templates. A reader of dist sees the old build or the new one,
 * never half of one.
 *
 * @param {string} repository
 * @returns {Promise<{ names: string[], problems: string[] }>} what was built, and how the manifest differs from what the
 *   build imports: a workspace runs all the same, so the build is in place; the published package would not
 * @throws Error when it cannot be built; the old build stays
 */
export async function buildPackage(repository) {
  const published = join(repository, "packages/cli");
  const templates = join(repository, "templates");
  const manifest = JSON.parse(await readFile(join(published, "package.json"), "utf8"));
  const { programs, modules } = findEntries(published, manifest);
  const entries = [...programs, ...modules];
  if (entries.length === 0) return { names: [], problems: [] };

  /** @type {Set<string>} */
  let imported = new Set();
  await replaceFolder(join(published, "dist"), async (folder) => {
    await mkdir(folder, { recursive: true });
    const inCode = await bundle(entries, folder, manifest.version);
    const inTypes = await writeDeclarations(repository, modules, folder);
    imported = new Set([...inCode, ...inTypes]);
    if (existsSync(templates)) await copyTemplates(templates, join(folder, "templates"));
  });
  return { names: entries.map((entry) => entry.name), problems: compareWithManifest(imported, manifest) };
}
