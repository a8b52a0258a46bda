import { violationAt } from "../codebase.ts";
import type { Law } from "../law.ts";
import { resolveSpecifier } from "../specifier.ts";

const doors: Readonly<Record<string, string>> = {
  dockerode: "docker",
  mongodb: "databases",
  "@aws-sdk/client-s3": "databases",
  ioredis: "databases",
  lmdb: "embedded-mongo",
  mingo: "embedded-mongo",
  "wasmoon-lua5.1": "embedded-redis",
  ink: "tui",
  "@inkjs/ui": "tui",
  react: "tui",
  chokidar: "watch",
  "@devcontainers/cli": "devcontainer",
  "acme-client": "certs",
};

// A server is tested with its official driver.
const testDoors: Readonly<Record<string, readonly string[]>> = {
  "embedded-mongo": ["mongodb"],
  "embedded-redis": ["ioredis"],
};

/** One package speaks to each of these libraries; `cli`, which is what gets published, lists them all and imports none. */
export const vendorsHaveOneDoor: Law = {
  sentence:
    "each vendor library that has a door is imported and listed behind that door only, but for the tests of a server",
  check: ({ files, packages }) => [
    ...files.flatMap((file) =>
      file.imports.flatMap(({ specifier, offset }) => {
        const target = resolveSpecifier(file, specifier);
        const door = target.kind === "vendor" ? doorOf(target.name) : undefined;
        const isTested = target.kind === "vendor" && file.isTest && testDoors[file.folder]?.includes(target.name);
        return door === undefined || door === file.folder || isTested
          ? []
          : [violationAt(file, offset, `only ${door} imports ${specifier}`)];
      }),
    ),
    ...packages
      .filter(({ folder }) => folder !== "cli")
      .flatMap(({ folder, manifest }) =>
        [
          ...manifest.dependencies.keys(),
          ...[...manifest.devDependencies.keys()].filter((name) => !testDoors[folder]?.includes(name)),
        ].flatMap((name) => {
          const door = doorOf(name);
          return door === undefined || door === folder
            ? []
            : [{ file: manifest.path, line: manifest.lineOf(name), message: `only ${door} lists ${name}` }];
        }),
      ),
  ],
};

function doorOf(name: string): string | undefined {
  return doors[name.replace(/^@types\//, "")];
}
