import http from "node:http";
import https from "node:https";
import { connectionTo } from "./docker-connection.ts";
import type { DockerHost } from "./docker-host.ts";

/** What `GET /version` says of an engine (Docker Engine API, SystemVersion). */
export interface EngineVersion {
  readonly version: string;
  readonly apiVersion: string;
  readonly product: string;
  readonly isRootless: boolean;
}

/**
 * Asks an engine for its version with node:http, so that no vendor library is loaded before one is known to answer.
 * @throws Error with the reason in words
 */
export async function probeHost(host: DockerHost, timeoutMs: number, signal: AbortSignal): Promise<EngineVersion> {
  const { protocol, ...options } = connectionTo(host);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const text = await new Promise<string>((resolve, reject) => {
      const client = protocol === "https" ? https : http;
      const request = client.request({ ...options, path: "/version", signal: limit }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString());
          else reject(new Error(`it answered with status ${response.statusCode}`));
        });
      });
      request.on("error", reject);
      request.end();
    });
    return readVersion(JSON.parse(text));
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(limit.aborted ? `no answer in ${timeoutMs / 1000} s` : reasonOf(error), { cause: error });
  } finally {
    options.agent.destroy();
  }
}

/** Reads the answer of `GET /version`. @throws Error where it is not an engine's */
export function readVersion(answer: unknown): EngineVersion {
  const { Version, ApiVersion, Platform, Components } = answer as {
    Version?: string;
    ApiVersion?: string;
    Platform?: { Name?: string };
    Components?: readonly { Name?: string }[];
  };
  if (Version === undefined || ApiVersion === undefined) throw new Error("it is not a Docker engine");
  const names = (Components ?? []).map((each) => each.Name ?? "");
  const isPodman = names.some((name) => name.startsWith("Podman"));
  const platform = Platform?.Name ?? "";
  return {
    version: Version,
    apiVersion: ApiVersion,
    product: isPodman ? "Podman Engine" : platform.startsWith("Docker Desktop") ? "Docker Desktop" : "Docker Engine",
    isRootless: names.includes("rootlesskit"),
  };
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "no such socket";
  if (code === "EACCES") return "permission denied: this user may not use that socket (is it in the group docker?)";
  if (code === "ECONNREFUSED") return "nothing listens there";
  if (code === "ENOTFOUND") return "its host name is not known";
  return message;
}
