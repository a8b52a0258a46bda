import { type Codebase, parseCodebase } from "./codebase.ts";

/** A small tree for a test: paths below packages/ to their text; each package that has a file gets a manifest that lists what it needs. */
export function smallTree(
  sources: Readonly<Record<string, string>>,
  manifests: Readonly<Record<string, object>> = {},
): Codebase {
  const folders = new Set([...Object.keys(sources), ...Object.keys(manifests)].map((path) => path.split("/")[0] ?? ""));
  return parseCodebase(
    new Map([
      ...[...folders].map(
        (folder) => [`packages/${folder}/package.json`, manifestText(folder, manifests[folder])] as const,
      ),
      ...[...folders].map((folder) => [`packages/${folder}/tsconfig.json`, "{}"] as const),
      ...Object.entries(sources).map(([path, text]) => [`packages/${path}`, text] as const),
      ["package.json", JSON.stringify({ devDependencies: { vitest: "*" } })] as const,
    ]),
  );
}

function manifestText(folder: string, manifest: object = {}): string {
  return JSON.stringify({ name: folder === "cli" ? "drydock" : `@drydock/${folder}`, ...manifest }, undefined, 2);
}
