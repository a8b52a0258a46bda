import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { packageName } from "./externals.mjs";
import { replaceSpecifiers } from "./specifiers.mjs";

/**
 * Writes the types of the published modules: `drydock.d.ts` beside `drydock.js`, and what it needs below `types/`.
 * TypeScript emits them from the sources; here our packages become relative paths, because nobody can install them.
 *
 * @param {string} repository
 * @param {readonly { name: string, path: string }[]} entries modules of packages/cli
 * @param {string} folder where the published files go
 * @returns {Promise<Set<string>>} the vendor packages that the types import
 */
export async function writeDeclarations(repository, entries, folder) {
  const vendors = new Set();
  if (entries.length === 0) return vendors;
  const emitted = await mkdtemp(join(folder, ".types-"));
  try {
    await emit(repository, entries, emitted);
    const published = new Map(
      entries.map(({ name }) => [join(emitted, `cli/${name}.d.ts`), join(folder, `${name}.d.ts`)]),
    );
    // The map grows while it is walked: each file adds those that it imports.
    for (const [source, target] of published) {
      const text = replaceSpecifiers(source, await readFile(source, "utf8"), (specifier) => {
        const needed = emittedFile(emitted, source, specifier);
        if (needed === undefined) {
          if (!specifier.startsWith("node:")) vendors.add(packageName(specifier));
          return specifier;
        }
        const place = published.get(needed) ?? join(folder, "types", relative(emitted, needed));
        published.set(needed, place);
        return relativeSpecifier(target, place);
      });
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
  } finally {
    await rm(emitted, { recursive: true, force: true });
  }
  return vendors;
}

/** The file that a specifier means, where it is one of ours. */
function emittedFile(/** @type {string} */ emitted, /** @type {string} */ importer, /** @type {string} */ specifier) {
  if (specifier.startsWith(".")) return resolve(dirname(importer), specifier.replace(/\.(tsx?|js)$/, ".d.ts"));
  const ours = /^@drydock\/([^/]+)$/.exec(specifier);
  return ours ? join(emitted, ours[1], "index.d.ts") : undefined;
}

function relativeSpecifier(/** @type {string} */ from, /** @type {string} */ to) {
  const path = relative(dirname(from), to)
    .replaceAll("\\", "/")
    .replace(/\.d\.ts$/, ".js");
  return path.startsWith(".") ? path : `./${path}`;
}

async function emit(
  /** @type {string} */ repository,
  /** @type {readonly { path: string }[]} */ entries,
  /** @type {string} */ emitted,
) {
  const config = join(emitted, "tsconfig.json");
  await writeFile(
    config,
    JSON.stringify({
      extends: join(repository, "tsconfig.base.json"),
      compilerOptions: {
        composite: false,
        declaration: true,
        // `npm run types` checks; here only the text is wanted, in a fraction of the time.
        noCheck: true,
        typeRoots: [join(repository, "node_modules/@types")],
        paths: { "@drydock/*": [join(repository, "packages/*/index.ts")] },
        rootDir: join(repository, "packages"),
        outDir: emitted,
      },
      files: entries.map(({ path }) => path),
    }),
  );
  const compiler = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript/package.json")));
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, "-p", config], { encoding: "utf8" });
  if (status !== 0) throw new Error(`TypeScript emitted no declarations:\n${stdout}${stderr}`);
}
