import { lstat } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute } from "node:path";
import type { FoundDocker, WorkingFolder } from "@drydock/docker";
import { isInDevContainer } from "../dev-container/inside.ts";
import type { Check, Finding } from "./finding.ts";

/** Containers of folders that are gone: nobody takes those down any more. A folder that cannot be looked at from here says nothing. */
export const checkAbandoned: Check = async ({ variables }, signal) => {
  const { findDocker, isFound, workingFolders } = await import("@drydock/docker");
  const docker = await findDocker({ variables, home: variables.HOME ?? homedir(), signal });
  if (!isFound(docker) || !/^(unix|npipe):/.test(docker.host.url) || isInDevContainer(variables)) return [];
  const found = await workingFolders(docker, signal);
  const gone = await Promise.all(found.map(({ directory }) => isGone(directory)));
  return found.filter((_, index) => gone[index]).map((each) => abandoned(docker, each));
};

async function isGone(directory: string): Promise<boolean> {
  if (!isAbsolute(directory)) return false;
  try {
    await lstat(directory);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT";
  }
}

/** What a run of tests has made is thrown away, its data with it; that of anybody else is not ours to give up. */
function abandoned(docker: FoundDocker, { project, directory, containers }: WorkingFolder): Finding {
  const isOfTest = /[\\/]\.dev[\\/](?:.+[\\/])?test[\\/]\d+-[0-9a-f]+$/.test(directory);
  const count = `${containers.length} ${containers.length === 1 ? "container" : "containers"}`;
  const down = `${program(docker)} compose -p ${project} down`;
  return {
    check: "leftovers",
    level: "warning",
    message: `${count} of ${isOfTest ? "a run of `dev test`" : project}, whose folder ${directory} is not there any more`,
    details: containers,
    fix: isOfTest ? `${down} --volumes` : `${down} (and --volumes, where its data may go, too)`,
  };
}

/** The docker CLI on the engine that answered. */
function program({ context, host }: FoundDocker): string {
  if (context !== undefined) return `docker --context ${context}`;
  return host.url === "unix:///var/run/docker.sock" ? "docker" : `docker -H ${host.url}`;
}
