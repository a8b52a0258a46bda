import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { promisify } from "node:util";
import { isInDevContainer } from "../dev-container/inside.ts";
import { findProjectDirectory } from "../find-project.ts";
import type { Check, Finding } from "./finding.ts";

const check = "container";

/** Inside a dev container: what differs there, and whether a Docker engine that is reached from it can run a stack for it. */
export const checkDevContainer: Check = async (source, signal) => {
  const { variables } = source;
  if (!isInDevContainer(variables)) return [];
  const inside: Finding = {
    check,
    level: "ok",
    message: "This is a dev container: its state lies in .dev/in-container, and its ports are its own",
    details: [
      "outside, `dev container ports` or the editor's Ports view shows where they are reached",
      "browsers outside do not know the authority of inside: give both one folder for it (DRYDOCK_AUTHORITY), and run `dev trust` outside",
    ],
  };
  const found = [inside, ...(await checkOwner(source.directory, variables))];
  const { findDocker, findOutsideView, isFound } = await import("@drydock/docker");
  const docker = await findDocker({ variables, home: variables.HOME ?? homedir(), signal });
  const directory = findProjectDirectory(source) ?? source.directory;
  const view = isFound(docker) ? await findOutsideView(docker, directory, signal) : undefined;
  if (!view) return found;
  if (view.directory === directory && view.sharesNetwork)
    return [
      ...found,
      { check, level: "ok", message: "Its Docker engine is the one outside; paths and ports are the same there" },
    ];
  const there = view.directory === undefined ? "lies in a volume" : `is ${view.directory}`;
  return [
    ...found,
    {
      check,
      level: "warning",
      message: "Its Docker engine is the one outside, which cannot run this stack for it: the local engine is taken",
      details: [
        ...(view.directory === directory
          ? []
          : [`this folder ${there} there: what the Compose file mounts is not found`]),
        ...(view.sharesNetwork ? [] : ["ports that it publishes are that machine's, not this container's"]),
      ],
      fix: 'In devcontainer.json, the feature docker-in-docker; or "workspaceFolder": "${localWorkspaceFolder}", "workspaceMount": "source=${localWorkspaceFolder},target=${localWorkspaceFolder},type=bind" and "runArgs": ["--network=host"].',
    },
  ];
};

/** Git does nothing in a folder of somebody else's, as a workspace that is mounted may be (git-config(1), safe.directory). */
async function checkOwner(directory: string, variables: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const options = { cwd: directory, env: { ...variables } };
  const failure = await promisify(execFile)("git", ["rev-parse", "HEAD"], options).catch((error: Error) => error);
  if (!(failure instanceof Error) || !failure.message.includes("dubious ownership")) return [];
  return [
    {
      check,
      level: "warning",
      message: "git refuses this folder, because it belongs to another user: data cannot follow its branches",
      fix: `git config --global --add safe.directory ${directory}`,
    },
  ];
}
