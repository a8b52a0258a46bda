import { existsSync } from "node:fs";
import { delimiter, dirname, resolve } from "node:path";
import { isInDevContainer } from "./dev-container/inside.ts";
import { socketPath } from "./socket-path.ts";
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
  return directory === undefined ? undefined : stateFolderIn(directory, source);
}

/**
 * The project directory; where its Compose file is gone, by a git checkout for example, that of the stack which still runs from the source's folder
 * or one above it: its socket is there. So it can be looked at and stopped.
 * @throws DevError SOCKET_FOLDER
 */
export function findRunningDirectory(source: StackSource): string | undefined {
  const found = findProjectDirectory(source);
  if (found !== undefined) return found;
  for (let directory = resolve(source.directory); ; directory = dirname(directory)) {
    const { directory: state } = stateFolderIn(directory, source);
    if (existsSync(state) && existsSync(socketPath(state))) return directory;
    if (dirname(directory) === directory) return undefined;
  }
}

/** Where the state of a source's project is kept, with a Compose file or without one while it runs. @throws DevError SOCKET_FOLDER */
export function findRunningFolder(source: StackSource): StateFolder | undefined {
  const directory = findRunningDirectory(source);
  return directory === undefined ? undefined : stateFolderIn(directory, source);
}

function stateFolderIn(directory: string, { projectName, variables }: StackSource): StateFolder {
  return stateFolder(directory, projectName, isInDevContainer(variables));
}
