import { existsSync } from "node:fs";
import { delimiter, dirname, resolve } from "node:path";
import { isInDevContainer } from "./dev-container/inside.ts";
import { type StateFolder, stateFolder } from "./state-folder.ts";
import type { StackSource } from "./supervisor.ts";

// In Compose's order of preference (compose-go, cli/options.go, DefaultFileNames).
const defaultFileNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/** The project directory of a source, found without reading a file: cheap enough for every command. Undefined: no Compose file. */
export function findProjectDirectory(source: StackSource): string | undefined {
  const first =
    source.files[0] ?? source.variables.COMPOSE_FILE?.split(source.variables.COMPOSE_PATH_SEPARATOR ?? delimiter)[0];
  if (first) return dirname(resolve(source.directory, first));
  for (let directory = resolve(source.directory); ; directory = dirname(directory)) {
    if (defaultFileNames.some((name) => existsSync(resolve(directory, name)))) return directory;
    if (dirname(directory) === directory) return undefined;
  }
}

/** Where the state of a source's project is kept; undefined: no Compose file. */
export function findStateFolder(source: StackSource): StateFolder | undefined {
  const directory = findProjectDirectory(source);
  if (directory === undefined) return undefined;
  return stateFolder(directory, source.projectName, isInDevContainer(source.variables));
}
