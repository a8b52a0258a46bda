import { violationAt } from "../codebase.ts";
import type { Law } from "../law.ts";
import { resolveSpecifier } from "../specifier.ts";

const pureFolders = ["core", "compose", "settings", "planner", "nginx", "rollout", "kubernetes", "pipeline"];
const inputOutput = [
  "fs",
  "net",
  "tls",
  "dgram",
  "dns",
  "child_process",
  "cluster",
  "worker_threads",
  "http",
  "https",
  "http2",
];

/** The two lower floors turn data into data; their tests may read files. */
export const lowerFloorsDoNoInputOutput: Law = {
  sentence: "core and the first floor import nothing that reads, writes, listens or spawns",
  check: ({ files }) =>
    files
      .filter((file) => pureFolders.includes(file.folder) && !file.isTest)
      .flatMap((file) =>
        file.imports.flatMap(({ specifier, offset }) => {
          const target = resolveSpecifier(file, specifier);
          if (target.kind !== "builtin" || !inputOutput.includes(target.module)) return [];
          return [violationAt(file, offset, `${file.folder} does no input or output, and it imports ${specifier}`)];
        }),
      ),
};
