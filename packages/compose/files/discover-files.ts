import { dirname, isAbsolute, join, resolve } from "node:path";
import type { ComposeFiles } from "./compose-files.ts";

/** Names that Compose looks for, in its order of preference. */
const defaultNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
const overrideNames = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

/** What the search by default names found. */
export interface Discovered {
  /** Absolute, in order. */
  readonly files: readonly string[];
  readonly notices: readonly string[];
}

/** The files named on the command line or in COMPOSE_FILE, absolute; undefined when none is. */
export function namedFiles(
  given: readonly string[],
  directory: string,
  variables: ReadonlyMap<string, string>,
): readonly string[] | undefined {
  const listed = variables.get("COMPOSE_FILE");
  const separator = variables.get("COMPOSE_PATH_SEPARATOR") || ":";
  const names = given.length > 0 ? given : listed ? listed.split(separator) : [];
  return names.length === 0 ? undefined : names.map((name) => absolute(name, directory));
}

/** Looks for a Compose file by its default names, and its override file beside it, from a folder upwards. */
export function discoverFiles(directory: string, files: ComposeFiles): Discovered {
  for (let folder = directory; ; folder = dirname(folder)) {
    const found = existing(defaultNames, folder, files);
    const [main] = found;
    if (main !== undefined) {
      const overrides = existing(overrideNames, folder, files);
      return {
        files: [main, ...overrides.slice(0, 1)],
        notices: [...severalNotice(found), ...severalNotice(overrides)],
      };
    }
    if (dirname(folder) === folder) return { files: [], notices: [] };
  }
}

/** A path of the command line, made absolute; `-` is standard input. */
export function absolute(path: string, directory: string): string {
  return path === "-" || isAbsolute(path) || /^[a-z0-9+.-]+:\/\//i.test(path) ? path : resolve(directory, path);
}

function existing(names: readonly string[], folder: string, files: ComposeFiles): readonly string[] {
  return names
    .map((name) => join(folder, name))
    .filter((path) => !files.isDirectory(path) && files.read(path) !== undefined);
}

function severalNotice(found: readonly string[]): readonly string[] {
  return found.length < 2 ? [] : [`${found.join(" and ")} are both there: the first is used`];
}
