import { violationAt } from "../codebase.ts";
import type { Law } from "../law.ts";
import { resolveSpecifier } from "../specifier.ts";

/** Packages meet at their index.ts only. */
export const packagesMeetAtTheirIndex: Law = {
  sentence: "no import reaches into another package, by a relative path or past its index",
  check: ({ files }) =>
    files.flatMap((file) =>
      file.imports.flatMap(({ specifier, offset }) => {
        const target = resolveSpecifier(file, specifier);
        if (target.kind === "file" && !target.path.startsWith(`packages/${file.folder}/`)) {
          return [violationAt(file, offset, `${specifier} leaves packages/${file.folder}`)];
        }
        if (target.kind !== "workspace") return [];
        if (target.folder === file.folder) return [violationAt(file, offset, `${specifier} is this package itself`)];
        return target.subpath === "" ? [] : [violationAt(file, offset, `${specifier} goes past the index`)];
      }),
    ),
};

/** The bundler may then leave out what nobody uses, and a test may import any file. */
export const nothingActsWhenImported: Law = {
  sentence: "nothing is imported for its side effects",
  check: ({ files }) =>
    files
      .filter((file) => /\.tsx?$/.test(file.path) && !file.isTest)
      .flatMap((file) =>
        file.imports
          .filter((each) => each.isBare)
          .map(({ specifier, offset }) =>
            violationAt(file, offset, `import "${specifier}" takes no name: call something`),
          ),
      ),
};
