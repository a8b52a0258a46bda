import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { configurationNotFound, manyConfigurations, noConfiguration } from "../errors.ts";

/** Where a dev container is described. */
export interface ConfigurationPlace {
  /** The folder that becomes the workspace, absolute. */
  readonly workspaceFolder: string;
  readonly file: string;
}

/**
 * Finds the `devcontainer.json` for a folder or one above it, in the order of the specification (containers.dev, "devcontainer.json"); `given` is a path
 * that was named by hand.
 * @throws DevError NO_DEV_CONTAINER, MANY_DEV_CONTAINERS
 */
export function findConfiguration(directory: string, given?: string): ConfigurationPlace {
  if (given !== undefined) {
    const file = resolve(directory, given);
    if (!existsSync(file)) throw configurationNotFound(file);
    return { workspaceFolder: workspaceOf(file), file };
  }
  for (let folder = resolve(directory); ; folder = dirname(folder)) {
    const found = configurationsOf(folder);
    const [file] = found;
    if (file !== undefined && found.length === 1) return { workspaceFolder: folder, file };
    if (found.length > 1) throw manyConfigurations(folder, found);
    if (dirname(folder) === folder) throw noConfiguration(directory);
  }
}

/** The files of a folder: one of the two usual ones, else all those in folders below `.devcontainer`. */
function configurationsOf(folder: string): readonly string[] {
  const usual = [join(folder, ".devcontainer", "devcontainer.json"), join(folder, ".devcontainer.json")];
  const first = usual.find((file) => existsSync(file));
  if (first !== undefined) return [first];
  const below = join(folder, ".devcontainer");
  if (!existsSync(below)) return [];
  return readdirSync(below, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(below, entry.name, "devcontainer.json"))
    .filter((file) => existsSync(file))
    .sort();
}

/** The folder that a file is for: the one that has `.devcontainer` in it, else the file's own. */
function workspaceOf(file: string): string {
  const marker = /^(.*)[\\/]\.devcontainer[\\/](?:[^\\/]+[\\/])?devcontainer\.json$/.exec(file);
  return marker?.[1] ?? dirname(file);
}
