import { execFileSync } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { eventually } from "@drydock/testing";

/** Why tests on a Docker engine cannot run here, for their names; undefined where they can. */
export function dockerAbsence(): string | undefined {
  try {
    execFileSync("docker", ["info"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "no Docker engine answers";
  }
}

/** Which of these programs are not on PATH, as a reason to skip; undefined where all are. */
export function missingPrograms(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const missing = names.filter((name) => !folders.some((folder) => isExecutable(join(folder, name))));
  return missing.length === 0 ? undefined : `not on PATH: ${missing.join(", ")}`;
}

/** What a test's name says when it is skipped. */
export function reasonText(reason: string | undefined): string {
  return reason === undefined ? "" : ` (skipped: ${reason})`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * What still runs of a project a moment after it was taken down. A process that has closed its connections is given two
 * seconds to leave the process table on a busy machine.
 */
export async function processesLeft(directory: string): Promise<readonly string[]> {
  await eventually(() => processesOf(directory).length === 0, 2_000).catch(() => undefined);
  return processesOf(directory);
}

/** The command lines of living processes that run in this directory or whose environment names it (Linux); zombies are over. */
export function processesOf(directory: string): readonly string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const isOurs = readlinkSync(`/proc/${pid}/cwd`).startsWith(directory);
      if (!isOurs && !readFileSync(`/proc/${pid}/environ`, "utf8").includes(directory)) return [];
      return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")}`];
    } catch {
      return [];
    }
  });
}

/** What of a Compose project exists on the engine: containers, networks, and, when asked, volumes. */
export function dockerThings(project: string, withVolumes = true): readonly string[] {
  const filter = ["--filter", `label=com.docker.compose.project=${project}`];
  const list = (...args: readonly string[]) =>
    execFileSync("docker", [...args, ...filter], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line !== "");
  return [
    ...list("ps", "-a", "--format", "container {{.Names}}"),
    ...list("network", "ls", "--format", "network {{.Name}}"),
    ...(withVolumes ? list("volume", "ls", "--format", "volume {{.Name}}") : []),
  ];
}
