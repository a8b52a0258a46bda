import { join } from "node:path";
import { currentContext, dockerConfigFolder, type ReadText, readContext, readPem } from "./docker-contexts.ts";
import type { DockerHost } from "./docker-host.ts";

/** A place where an engine may be. */
export interface Candidate {
  readonly source: string;
  readonly host: DockerHost;
  readonly context?: string;
}

/** What the list depends on. */
export interface CandidateInput {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly userId: number | undefined;
  readonly read: ReadText;
}

/**
 * The places to try, best first. `DOCKER_HOST` and `DOCKER_CONTEXT` are orders: where one is set it is the only place. A
 * context chosen with `docker context use` is a habit: when it does not answer, the known sockets are tried too.
 */
export function dockerCandidates(input: CandidateInput): readonly Candidate[] {
  const { variables, home, read } = input;
  const folder = dockerConfigFolder(variables, home);
  if (variables.DOCKER_HOST) return [{ source: "DOCKER_HOST", host: hostFromVariables(variables, folder, read) }];
  if (variables.DOCKER_CONTEXT && variables.DOCKER_CONTEXT !== "default") {
    const name = variables.DOCKER_CONTEXT;
    const host = readContext(name, folder, read) ?? { url: "" };
    return [{ source: `DOCKER_CONTEXT "${name}"`, host, context: name }];
  }
  const name = variables.DOCKER_CONTEXT ? undefined : currentContext(folder, read);
  const chosen = name === undefined ? undefined : readContext(name, folder, read);
  return [
    ...(name !== undefined && chosen ? [{ source: `docker context "${name}"`, host: chosen, context: name }] : []),
    ...socketCandidates(input),
  ];
}

function hostFromVariables(
  variables: Readonly<Record<string, string | undefined>>,
  folder: string,
  read: ReadText,
): DockerHost {
  const given = variables.DOCKER_HOST ?? "";
  const url = given.includes("://") ? given : `tcp://${given}`;
  // The docker CLI's own rule: any non-empty DOCKER_TLS_VERIFY means TLS; certificates lie in DOCKER_CERT_PATH or ~/.docker.
  if (!url.startsWith("tcp://") || !variables.DOCKER_TLS_VERIFY) return { url };
  return { url, tls: { ...readPem(variables.DOCKER_CERT_PATH || folder, read), isUnverified: false } };
}

function socketCandidates({ variables, home, platform, userId }: CandidateInput): readonly Candidate[] {
  if (platform === "win32")
    return [
      { source: "pipe of Docker", host: { url: "npipe:////./pipe/docker_engine" } },
      { source: "pipe of Docker Desktop", host: { url: "npipe:////./pipe/dockerDesktopLinuxEngine" } },
    ];
  const runtime = variables.XDG_RUNTIME_DIR || (userId === undefined ? undefined : `/run/user/${userId}`);
  const colima = variables.COLIMA_HOME || join(home, ".colima");
  const places: readonly (readonly [string, string | undefined])[] = [
    ["Docker", "/var/run/docker.sock"],
    ["rootless Docker", runtime && join(runtime, "docker.sock")],
    ["Docker Desktop", join(home, ".docker/run/docker.sock")],
    ["Docker Desktop", join(home, ".docker/desktop/docker.sock")],
    ["OrbStack", join(home, ".orbstack/run/docker.sock")],
    ["Colima", join(colima, variables.COLIMA_PROFILE || "default", "docker.sock")],
    ["Colima", join(home, ".config/colima/default/docker.sock")],
    ["Rancher Desktop", join(home, ".rd/docker.sock")],
    ["rootless Podman", runtime && join(runtime, "podman/podman.sock")],
    ["Podman", "/run/podman/podman.sock"],
    ["Podman machine", join(home, ".local/share/containers/podman/machine/podman.sock")],
  ];
  return places.flatMap(([name, path]) =>
    path ? [{ source: `socket of ${name}`, host: { url: `unix://${path}` } }] : [],
  );
}
