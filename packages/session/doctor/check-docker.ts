import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { promisify } from "node:util";
import { isInDevContainer } from "../dev-container/inside.ts";
import type { Check, Finding } from "./finding.ts";

// `docker compose create` and `--dry-run` as they are used here came with 2.20.
const oldestCompose = [2, 20] as const;

/** Whether a Docker engine answers, and Compose's version. */
export const checkDocker: Check = async ({ variables }, signal) => {
  const { findDocker, isFound } = await import("@drydock/docker");
  const answer = await findDocker({ variables, home: variables.HOME ?? homedir(), signal });
  if (isFound(answer)) {
    const { product, version, host, source } = answer;
    const engine: Finding = {
      check: "engine",
      level: "ok",
      message: `${product} ${version} at ${host.url} (${source})`,
    };
    return [engine, await checkCompose(variables)];
  }
  return [
    {
      check: "engine",
      level: "warning",
      message: "No Docker engine answers; the local engine is used",
      details: answer.tried.map(({ source, url, reason }) => `${source} ${url}: ${reason}`),
      fix: isInDevContainer(variables)
        ? "To use containers here, add the feature ghcr.io/devcontainers/features/docker-in-docker:2 to devcontainer.json."
        : startHint(answer.tried.some(({ reason }) => /permission|EACCES/i.test(reason))),
    },
  ];
};

async function checkCompose(variables: Readonly<Record<string, string>>): Promise<Finding> {
  const check = "compose";
  try {
    const { stdout } = await promisify(execFile)("docker", ["compose", "version", "--short"], {
      env: { ...variables },
    });
    const version = stdout.trim().replace(/^v/, "");
    const [major = 0, minor = 0] = version.split(".").map(Number);
    const isOld = major < oldestCompose[0] || (major === oldestCompose[0] && minor < oldestCompose[1]);
    const message = `Docker Compose ${version}`;
    if (!isOld) return { check, level: "ok", message };
    return {
      check,
      level: "problem",
      message: `${message} is too old`,
      fix: "Install 2.20 or newer: https://docs.docker.com/compose/install/",
    };
  } catch {
    return {
      check,
      level: "problem",
      message: "The docker CLI has no `docker compose`",
      fix: "Install the Compose plugin: https://docs.docker.com/compose/install/ (Debian: apt-get install docker-compose-plugin)",
    };
  }
}

function startHint(isForbidden: boolean): string {
  if (isForbidden) return "Let your user use it: sudo usermod -aG docker $USER, then log in again.";
  if (process.platform === "darwin") return "To use containers, start Docker Desktop, OrbStack or `colima start`.";
  if (process.platform === "win32") return "To use containers, start Docker Desktop.";
  return "To use containers, start the engine: sudo systemctl start docker";
}
