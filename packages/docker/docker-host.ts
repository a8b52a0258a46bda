/** Where an engine listens, as plain data. */
export interface DockerHost {
  /** As `DOCKER_HOST` says it: `unix:///var/run/docker.sock`, `tcp://10.0.0.5:2376`, `ssh://me@build`, `npipe:////./pipe/docker_engine`. */
  readonly url: string;
  readonly tls?: DockerTls;
}

/** TLS material of a `tcp://` host, as PEM text. */
export interface DockerTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** True: the engine's certificate is not checked (a context made with `--docker "skip-tls-verify=true"`). */
  readonly isUnverified: boolean;
}

/** An engine that answered. */
export interface FoundDocker {
  readonly host: DockerHost;
  /** The docker context that it came from; the docker CLI is given this instead of the address. */
  readonly context?: string;
  /** Why this one: `DOCKER_HOST`, `docker context "colima"`, `socket of OrbStack`. */
  readonly source: string;
  /** `28.5.2`. */
  readonly version: string;
  readonly apiVersion: string;
  /** `Docker Engine`, `Docker Desktop`, `Podman Engine`. */
  readonly product: string;
  /** True where this machine can reach the containers' own addresses: a rootful engine on the same Linux. */
  readonly isDirect: boolean;
}

/** No engine answered: every place that was tried, best first, and why it failed. */
export interface DockerAbsence {
  readonly tried: readonly TriedHost[];
}

export interface TriedHost {
  readonly source: string;
  readonly url: string;
  /** As words: `no such socket`, `permission denied`, `no answer in 2 s`. */
  readonly reason: string;
}

/** Tells the two answers of `findDocker` apart. */
export function isFound(answer: FoundDocker | DockerAbsence): answer is FoundDocker {
  return "host" in answer;
}

/** The variables that make the docker CLI and Compose talk to the same engine. */
export function cliVariables(docker: FoundDocker): Readonly<Record<string, string>> {
  return docker.context === undefined ? { DOCKER_HOST: docker.host.url } : { DOCKER_CONTEXT: docker.context };
}

/** The name under which published ports of this engine are reached from this machine. */
export function publishedHostOf(host: DockerHost): string {
  if (!/^(tcp|ssh|https?):/.test(host.url)) return "127.0.0.1";
  return new URL(host.url).hostname;
}
