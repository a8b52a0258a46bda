import { createHash } from "node:crypto";
import { join } from "node:path";
import type { DockerHost } from "./docker-host.ts";

/** Reads a text file; undefined where there is none. */
export type ReadText = (path: string) => string | undefined;

/** The folder of the docker CLI's configuration: `DOCKER_CONFIG`, else `~/.docker`. */
export function dockerConfigFolder(variables: Readonly<Record<string, string | undefined>>, home: string): string {
  return variables.DOCKER_CONFIG || join(home, ".docker");
}

/** The context that the docker CLI would take: `currentContext` of its config.json; undefined for "default" or none. */
export function currentContext(folder: string, read: ReadText): string | undefined {
  const { currentContext: name } = readJson(join(folder, "config.json"), read) as { currentContext?: unknown };
  return typeof name === "string" && name !== "" && name !== "default" ? name : undefined;
}

/**
 * The address and TLS material of a context, from `contexts/meta/<sha256 of the name>/meta.json` and `contexts/tls` (the
 * layout of docker/cli, cli/context/store). Undefined where the context does not exist or has no docker endpoint.
 */
export function readContext(name: string, folder: string, read: ReadText): DockerHost | undefined {
  const id = createHash("sha256").update(name).digest("hex");
  const meta = readJson(join(folder, "contexts", "meta", id, "meta.json"), read) as {
    Endpoints?: { docker?: { Host?: unknown; SkipTLSVerify?: unknown } };
  };
  const endpoint = meta.Endpoints?.docker;
  if (typeof endpoint?.Host !== "string" || endpoint.Host === "") return undefined;
  const isUnverified = endpoint.SkipTLSVerify === true;
  const pem = readPem(join(folder, "contexts", "tls", id, "docker"), read);
  const hasTls = isUnverified || Object.keys(pem).length > 0;
  return { url: endpoint.Host, ...(hasTls ? { tls: { ...pem, isUnverified } } : {}) };
}

/** `ca.pem`, `cert.pem` and `key.pem` of a folder, those that are there. */
export function readPem(folder: string, read: ReadText): { ca?: string; cert?: string; key?: string } {
  const entries = ["ca", "cert", "key"].flatMap((name) => {
    const text = read(join(folder, `${name}.pem`));
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(entries);
}

function readJson(path: string, read: ReadText): object {
  try {
    const data: unknown = JSON.parse(read(path) ?? "{}");
    return typeof data === "object" && data !== null ? data : {};
  } catch {
    return {};
  }
}
