import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { dockerConfigFolder } from "./docker-contexts.ts";

/**
 * How Compose is called: the CLI plugin's own program where it is found, which answers 40 ms sooner than `docker compose`
 * because the docker CLI need not look for its plugins first; else `docker compose`.
 */
export function findCompose(variables: Readonly<Record<string, string>>): readonly [string, ...string[]] {
  const home = variables.HOME || variables.USERPROFILE || homedir();
  const name = process.platform === "win32" ? "docker-compose.exe" : "docker-compose";
  const program = pluginFolders(dockerConfigFolder(variables, home), variables)
    .map((folder) => join(folder, name))
    .find(existsSync);
  return program === undefined ? ["docker", "compose"] : [program];
}

/** Where the docker CLI looks for plugins, in its order (docker/cli, cli-plugins/manager). */
function pluginFolders(config: string, variables: Readonly<Record<string, string>>): readonly string[] {
  const system =
    process.platform === "win32"
      ? [join(variables.ProgramFiles ?? "C:\\Program Files", "Docker", "cli-plugins")]
      : ["/usr/local/lib", "/usr/local/libexec", "/usr/lib", "/usr/libexec"].map(
          (each) => `${each}/docker/cli-plugins`,
        );
  return [...extraFolders(config), join(config, "cli-plugins"), ...system];
}

function extraFolders(config: string): readonly string[] {
  try {
    const { cliPluginsExtraDirs } = JSON.parse(readFileSync(join(config, "config.json"), "utf8")) as {
      cliPluginsExtraDirs?: readonly string[];
    };
    return cliPluginsExtraDirs ?? [];
  } catch {
    return [];
  }
}
