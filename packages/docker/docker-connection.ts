import http from "node:http";
import https from "node:https";
import type { DockerHost } from "./docker-host.ts";
import { SshAgent } from "./ssh-agent.ts";

/** How an HTTP client reaches an engine. Destroy the agent to let go of its connections. */
export interface DockerConnection {
  readonly protocol: "http" | "https";
  readonly socketPath?: string;
  readonly host?: string;
  readonly port?: number;
  readonly agent: http.Agent;
}

/**
 * Translates a host into a connection. Sockets on this machine get a connection a request: making one costs nothing, and one
 * that was kept open can be closed by the engine while a request is under way.
 */
export function connectionTo({ url, tls }: DockerHost): DockerConnection {
  if (url.startsWith("unix://")) return { protocol: "http", socketPath: url.slice(7), agent: new http.Agent() };
  if (url.startsWith("npipe://"))
    return { protocol: "http", socketPath: url.slice(8).replaceAll("/", "\\"), agent: new http.Agent() };
  const { hostname, port, protocol } = new URL(url);
  if (protocol === "ssh:") return { protocol: "http", host: "docker", port: 80, agent: new SshAgent(url) };
  if (!tls && protocol !== "https:")
    return { protocol: "http", host: hostname, port: Number(port || 2375), agent: new http.Agent({ keepAlive: true }) };
  const { isUnverified = false, ...pem } = tls ?? {};
  const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: !isUnverified, ...pem });
  return { protocol: "https", host: hostname, port: Number(port || 2376), agent };
}
