import type { Codebase, Package } from "../codebase.ts";
import type { Law } from "../law.ts";
import type { Violation } from "../violation.ts";

/** The compiler holds the same arrows as package.json does, and builds every package. */
export const referencesEqualDependencies: Law = {
  sentence: "tsconfig.json references the very packages that package.json lists",
  check: (codebase) => [...codebase.packages.flatMap(differences), ...notBuilt(codebase)],
};

function differences({ folder, manifest, references }: Package): readonly Violation[] {
  const listed = [...manifest.dependencies.keys(), ...manifest.devDependencies.keys()].flatMap(
    (name) => /^@drydock\/(.+)$/.exec(name)?.[1] ?? [],
  );
  const file = `packages/${folder}/tsconfig.json`;
  return [
    ...listed
      .filter((each) => !references.includes(each))
      .map((each) => ({ file, line: 1, message: `package.json lists @drydock/${each}, references lack ../${each}` })),
    ...references
      .filter((each) => !listed.includes(each))
      .map((each) => ({ file, line: 1, message: `references have ../${each}, package.json lacks @drydock/${each}` })),
  ];
}

function notBuilt({ packages, rootReferences }: Codebase): readonly Violation[] {
  return packages
    .filter(({ folder }) => !rootReferences.includes(`packages/${folder}`))
    .map(({ folder }) => ({ file: "tsconfig.json", line: 1, message: `references lack packages/${folder}` }));
}
