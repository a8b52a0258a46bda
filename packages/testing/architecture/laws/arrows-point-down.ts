import { type Codebase, type Package, type SourceFile, violationAt } from "../codebase.ts";
import type { Law } from "../law.ts";
import { resolveSpecifier } from "../specifier.ts";
import type { Violation } from "../violation.ts";

const floorOf: ReadonlyMap<string, number> = new Map(
  [
    ["core"],
    ["compose", "settings", "planner", "nginx", "rollout", "kubernetes", "pipeline"],
    [
      "docker",
      "processes",
      "embedded-mongo",
      "embedded-redis",
      "edge",
      "databases",
      "certs",
      "watch",
      "telemetry",
      "devcontainer",
    ],
    ["session"],
    ["tui", "cli", "testing"],
  ].flatMap((folders, floor) => folders.map((folder) => [folder, floor] as const)),
);

/** Every package's floor is known, and it imports only what lies below it; `cli` alone looks sideways, at the screen that it shows. */
export const arrowsPointDown: Law = {
  sentence: "arrows between packages point down only, and packages of the same floor never import each other",
  check: (codebase) => [
    ...codebase.packages.flatMap(unknownFloor),
    ...codebase.packages.flatMap(manifestArrows),
    ...importArrows(codebase),
  ],
};

/** The screen asks the supervisor: it knows neither engines nor files. */
export const screenKnowsNoEngine: Law = {
  sentence: "the terminal UI imports no package of ours besides core and session",
  check: ({ files }) =>
    productImports(files.filter((file) => file.folder === "tui"))
      .filter(({ to }) => !["tui", "core", "session"].includes(to))
      .map(({ file, offset, to }) => violationAt(file, offset, `the terminal UI imports @drydock/${to}`)),
};

/** What helps tests is never part of the product. */
export const testingStaysInTests: Law = {
  sentence: "only tests import the testing package, and only devDependencies list it",
  check: ({ files, packages }) => [
    ...productImports(files)
      .filter(({ file, to }) => to === "testing" && file.folder !== "testing")
      .map(({ file, offset }) => violationAt(file, offset, "it is no test and imports @drydock/testing")),
    ...packages
      .filter(({ manifest }) => manifest.dependencies.has("@drydock/testing"))
      .map(({ manifest: { path, lineOf } }) => ({
        file: path,
        line: lineOf("@drydock/testing"),
        message: "@drydock/testing belongs under devDependencies",
      })),
  ],
};

function unknownFloor({ folder, manifest }: Package): readonly Violation[] {
  if (floorOf.has(folder)) return [];
  return [
    {
      file: manifest.path,
      line: 1,
      message: `the package ${folder} has no floor: give it one in ${import.meta.url.split("/").at(-1)}`,
    },
  ];
}

function manifestArrows({ folder, manifest }: Package): readonly Violation[] {
  return [...manifest.dependencies.keys(), ...manifest.devDependencies.keys()].flatMap((dependency) => {
    const to = /^@drydock\/(.+)$/.exec(dependency)?.[1];
    if (to === undefined || to === "testing" || pointsDown(folder, to)) return [];
    return [
      {
        file: manifest.path,
        line: manifest.lineOf(dependency),
        message: `${folder} depends on ${to}, which is not below it`,
      },
    ];
  });
}

function importArrows({ files }: Codebase): readonly Violation[] {
  return workspaceImports(files)
    .filter(({ file, to }) => to !== file.folder && to !== "testing" && !pointsDown(file.folder, to))
    .map(({ file, offset, to }) => violationAt(file, offset, `${file.folder} imports ${to}, which is not below it`));
}

function pointsDown(from: string, to: string): boolean {
  if (from === "cli" && to === "tui") return true;
  const [above, below] = [floorOf.get(from), floorOf.get(to)];
  return above === undefined || (below !== undefined && below < above);
}

function productImports(files: readonly SourceFile[]) {
  return workspaceImports(files.filter((file) => !file.isTest));
}

function workspaceImports(files: readonly SourceFile[]) {
  return files.flatMap((file) =>
    file.imports.flatMap(({ specifier, offset }) => {
      const target = resolveSpecifier(file, specifier);
      return target.kind === "workspace" ? [{ file, offset, to: target.folder }] : [];
    }),
  );
}
