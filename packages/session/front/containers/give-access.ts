import { mkdir } from "node:fs/promises";
import type { Environment } from "@drydock/core";
import type { Settings } from "@drydock/settings";
import writeFileAtomic from "write-file-atomic";
import { frontFolder, makeFrontFolder } from "../front-folder.ts";
import { planLocalSites } from "../local-place.ts";
import { withContainerAccess } from "./front-override.ts";

/** The environment with containers that reach and trust the front; writes the Compose file that makes them so. @throws the file system's error */
export async function giveContainersAccess(
  environment: Environment,
  settings: Settings,
  stateDirectory: string,
): Promise<Environment> {
  const folder = frontFolder(stateDirectory);
  const names = planLocalSites(environment, settings, []).sites.flatMap(({ hosts }) => hosts);
  const access = { names: [...names].sort(), trustFolder: folder.trust, file: folder.override };
  const given = withContainerAccess(environment, access);
  await makeFrontFolder(folder);
  // Docker would make a folder that is not there, as root.
  await mkdir(folder.trust, { recursive: true });
  await writeFileAtomic(folder.override, given.text);
  return given.environment;
}
