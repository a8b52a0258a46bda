import { existsSync } from "node:fs";

// Where the dev containers CLI, and the editors that share its code, note what they have set up in a container (devcontainers/cli,
// --container-system-data-folder).
const mark = "/var/devcontainer";

/** Whether this process runs inside a dev container: by that mark, else by the variables that VS Code and Codespaces give to what they start. */
export function isInDevContainer(
  variables: Readonly<Record<string, string | undefined>>,
  exists = existsSync,
): boolean {
  return exists(mark) || variables.REMOTE_CONTAINERS === "true" || variables.CODESPACES === "true";
}
