import { readFileSync } from "node:fs";
import { type Candidate, dockerCandidates } from "./docker-candidates.ts";
import type { DockerAbsence, DockerHost, FoundDocker, TriedHost } from "./docker-host.ts";
import { probeHost } from "./probe-host.ts";

// A socket on this machine answers in a few milliseconds even under load; a network or an ssh login takes longer.
const localTimeoutMs = 2_000;
const remoteTimeoutMs = 6_000;

/** What decides where engines are looked for. */
export interface FindDockerOptions {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  readonly signal: AbortSignal;
}

/**
 * Finds an engine that answers: `DOCKER_HOST`, `DOCKER_CONTEXT`, the current docker context, then the sockets of Docker,
 * Docker Desktop, OrbStack, Colima, Rancher Desktop and Podman. All are asked at once; the first in that order wins.
 * When none answers, says of each why not. A missing socket fails at once.
 * @throws the signal's reason when it is aborted
 */
export async function findDocker({ variables, home, signal }: FindDockerOptions): Promise<FoundDocker | DockerAbsence> {
  const userId = process.getuid?.();
  const candidates = dockerCandidates({ variables, home, platform: process.platform, userId, read: readText });
  const others = new AbortController();
  const probes = candidates.map((candidate) => tryCandidate(candidate, AbortSignal.any([signal, others.signal])));
  const tried: TriedHost[] = [];
  try {
    for (const probe of probes) {
      const answer = await probe;
      signal.throwIfAborted();
      if ("host" in answer) return answer;
      tried.push(answer);
    }
    return { tried };
  } finally {
    others.abort();
  }
}

async function tryCandidate(candidate: Candidate, signal: AbortSignal): Promise<FoundDocker | TriedHost> {
  const { source, host, context } = candidate;
  try {
    const timeoutMs = isLocal(host) ? localTimeoutMs : remoteTimeoutMs;
    if (host.url === "") throw new Error("there is no such context (`docker context ls`)");
    const { isRootless, ...engine } = await probeHost(host, timeoutMs, signal);
    // Docker Desktop and rootless engines keep their networks to themselves; elsewhere on Linux the bridge is this machine's.
    const isDirect =
      process.platform === "linux" &&
      host.url.startsWith("unix://") &&
      !isRootless &&
      engine.product === "Docker Engine";
    return { host, source, isDirect, ...engine, ...(context === undefined ? {} : { context }) };
  } catch (error) {
    return { source, url: host.url, reason: error instanceof Error ? error.message : String(error) };
  }
}

function isLocal(host: DockerHost): boolean {
  return host.url.startsWith("unix://") || host.url.startsWith("npipe://");
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
