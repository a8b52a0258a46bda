/** What laws need of a package.json. */
export interface Manifest {
  readonly path: string;
  readonly name: string;
  /** Name to version range. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly devDependencies: ReadonlyMap<string, string>;
  /** Subpaths that the package publishes: ".", "./vitest". */
  readonly exports: readonly string[];
  /** The line, from 1, on which a dependency is listed; 1 for what is not. */
  readonly lineOf: (dependency: string) => number;
}

/** Reads the text of a package.json; an absent one is empty. */
export function parseManifest(path: string, text = "{}"): Manifest {
  const json: unknown = JSON.parse(text);
  const exported = property(json, "exports");
  const name = property(json, "name");
  return {
    path,
    name: typeof name === "string" ? name : "",
    dependencies: textEntries(property(json, "dependencies")),
    devDependencies: textEntries(property(json, "devDependencies")),
    exports: typeof exported === "object" && exported !== null ? Object.keys(exported) : ["."],
    lineOf: (dependency) => text.split("\n").findIndex((line) => line.trim().startsWith(`"${dependency}":`)) + 1 || 1,
  };
}

/** The `references` of the text of a tsconfig.json, as they are written. */
export function parseReferences(text = "{}"): readonly string[] {
  const references = property(JSON.parse(text), "references");
  if (!Array.isArray(references)) return [];
  return references.flatMap((each) => {
    const path = property(each, "path");
    return typeof path === "string" ? [path] : [];
  });
}

function textEntries(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
