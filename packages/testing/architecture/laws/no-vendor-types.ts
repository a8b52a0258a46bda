import { type Binding, moduleNames } from "../bindings.ts";
import { type Codebase, type SourceFile, violationAt } from "../codebase.ts";
import type { Law } from "../law.ts";
import { promisedPaths } from "../promise.ts";
import { mentionsOf } from "../signature.ts";
import { resolveSpecifier, type Target } from "../specifier.ts";
import type { Violation } from "../violation.ts";

// Faker's values are words of a dataset's author, as they are documented: nothing of ours stands between.
const handedOn = ["@faker-js/faker"];

/** Follows what a package exports, through the types that it mentions. What is inferred from a call of our own code stays unseen. */
export const noVendorTypeIsPromised: Law = {
  sentence: "no vendor type is in a signature that a package exports",
  check: (codebase) => {
    const search = new VendorSearch(codebase);
    return codebase.packages.flatMap((each) =>
      each.files
        .filter((file) => promisedPaths(each).includes(file.path))
        .flatMap((file) =>
          [...moduleNames(file.program).exports.values()].flatMap((binding) => search.in(file, binding)),
        ),
    );
  },
};

/** Remembers what it has seen, so that each place is reported once. */
class VendorSearch {
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #seen = new Set<string>();

  constructor({ files }: Codebase) {
    this.#files = new Map(files.map((file) => [file.path, file]));
  }

  in(file: SourceFile, binding: Binding): readonly Violation[] {
    if (binding.kind === "declared") return this.#inDeclaration(file, binding);
    const target = resolveSpecifier(file, binding.specifier);
    if (target.kind === "vendor") {
      if (handedOn.includes(target.name)) return [];
      return this.#once(
        file,
        binding.offset,
        `${binding.imported} of ${binding.specifier} is visible to who imports this package`,
      );
    }
    const next = target.kind === "file" ? this.#files.get(target.path) : undefined;
    const found = next && moduleNames(next.program).exports.get(binding.imported);
    return next && found ? this.in(next, found) : [];
  }

  #inDeclaration(file: SourceFile, { declaration }: Extract<Binding, { kind: "declared" }>): readonly Violation[] {
    if (!this.#isNew(`${file.path}:${declaration.start}`)) return [];
    const { bindings } = moduleNames(file.program);
    const inlined = file.imports.filter(
      ({ form, specifier, offset }) =>
        form === "type" &&
        offset > declaration.start &&
        offset < declaration.end &&
        isKept(resolveSpecifier(file, specifier)),
    );
    return [
      ...inlined.flatMap(({ specifier, offset }) => this.#once(file, offset, `it mentions a type of ${specifier}`)),
      ...mentionsOf(declaration).flatMap(({ name, offset }) => {
        const binding = bindings.get(name);
        if (binding?.kind !== "imported" || !isKept(resolveSpecifier(file, binding.specifier))) {
          return binding ? this.in(file, binding) : [];
        }
        return this.#once(file, offset, `an exported signature mentions ${name} of ${binding.specifier}`);
      }),
    ];
  }

  #once(file: SourceFile, offset: number, message: string): readonly Violation[] {
    return this.#isNew(`${file.path}:${offset} ${message}`) ? [violationAt(file, offset, message)] : [];
  }

  #isNew(key: string): boolean {
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }
}

/** A vendor library's name that is to stay inside. */
function isKept(target: Target): boolean {
  return target.kind === "vendor" && !handedOn.includes(target.name);
}
