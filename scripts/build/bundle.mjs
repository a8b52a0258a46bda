import { writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { isAbsolute, join } from "node:path";
import { rolldown } from "rolldown";
import { packageName } from "./externals.mjs";
import { findSpecifiers } from "./specifiers.mjs";
import { isInVendor, leaveOut, licensesOf, staysImport } from "./vendors.mjs";

/**
 * Bundles the entries with all our packages in them; vendor libraries stay imports, but for the few that are carried. Each `import()` stays a file of its
 * own, so that a command loads what it needs and no more.
 *
 * @param {readonly { name: string, path: string }[]} entries
 * @param {string} folder where the files go
 * @param {string} version what `__DRYDOCK_VERSION__` in the sources becomes
 * @returns {Promise<Set<string>>} the vendor packages that the bundle imports
 */
export async function bundle(entries, folder, version) {
  const build = await rolldown({
    input: Object.fromEntries(entries.map(({ name, path }) => [name, path])),
    platform: "node",
    external: (id, importer) => isBuiltin(id) || (isVendor(id) && staysImport(id, importer)),
    plugins: [leaveOut],
    transform: {
      target: "node20.19",
      jsx: "react-jsx",
      define: { __DRYDOCK_VERSION__: JSON.stringify(version) },
    },
    // Nothing is imported for its side effects (a law of the architecture). So an index that names a hundred files costs
    // only those that are used, each command gets a chunk of its own needs, and a library that nothing uses is not loaded.
    treeshake: { moduleSideEffects: (id) => isInVendor(id) },
    onLog: (level, log) => {
      if (level === "warn" && !isInVendor(log.id)) throw new Error(log.message);
    },
  });
  const { output } = await build.write({
    dir: folder,
    format: "esm",
    sourcemap: true,
    // All in one folder: a path relative to import.meta.url means the same whichever file its code lands in.
    chunkFileNames: "[name]-[hash].js",
    // What a client of the supervisor needs is kept apart from what reads Compose files: `yaml` alone takes 20 ms to load.
    codeSplitting: { groups: [{ name: "client", test: clientModules }] },
  });
  await build.close();
  const modules = output.flatMap((each) => (each.type === "chunk" ? each.moduleIds : []));
  await writeFile(join(folder, "THIRD-PARTY-LICENSES.txt"), licensesOf(modules));

  // Read from the code: the list of imports that a chunk carries still has those that tree-shaking removed.
  const specifiers = output.flatMap((each) => (each.type === "chunk" ? findSpecifiers(each.fileName, each.code) : []));
  const vendors = specifiers.map(({ value }) => value).filter((id) => isVendor(id) && !isBuiltin(id));
  return new Set(vendors.map(packageName));
}

const clientModules =
  /packages\/session\/(?:connect|dev-container\/inside|errors|find-project|socket-path|state-folder|wire\/(?:client|lines|protocol))\.ts$/;

function isVendor(/** @type {string} */ id) {
  return !id.startsWith(".") && !isAbsolute(id) && !id.startsWith("@drydock/") && !id.startsWith("\0");
}
