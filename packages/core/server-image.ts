import { basename } from "node:path";

/** The servers that Drydock knows from within: databases that have data to seed and keep, and the proxy. */
export type ServerKind = "mongo" | "redis" | "nginx";

/** What is known of a server without looking at the machine. */
export interface ServerFacts {
  /** Its programs, the preferred first. */
  readonly programs: readonly string[];
  /** The ports that it listens on when nothing says otherwise. */
  readonly ports: readonly number[];
  /** What people call it. */
  readonly title: string;
}

export const servers: Readonly<Record<ServerKind, ServerFacts>> = {
  mongo: { programs: ["mongod"], ports: [27017], title: "MongoDB" },
  redis: { programs: ["redis-server", "valkey-server"], ports: [6379], title: "Redis" },
  nginx: { programs: ["nginx"], ports: [80], title: "nginx" },
};

const images: Readonly<Record<string, ServerKind>> = {
  mongo: "mongo",
  "mongodb/mongodb-community-server": "mongo",
  redis: "redis",
  valkey: "redis",
  "valkey/valkey": "redis",
  nginx: "nginx",
  "nginxinc/nginx-unprivileged": "nginx",
};

/** Which server an official image is, whatever its registry and tag; derived images (`bitnami/redis`) behave otherwise and are none. */
export function serverOfImage(image: string): ServerKind | undefined {
  const name = image.replace(/@sha256:.*$/, "").replace(/:[^/:]*$/, "");
  const path = name.split("/");
  // A first part with a dot, a colon or "localhost" is a registry (distribution reference grammar).
  if (path.length > 1 && /[.:]|^localhost$/.test(path[0] ?? "")) path.shift();
  const short = path.join("/").replace(/^library\//, "");
  return Object.hasOwn(images, short) ? images[short] : mirrored(path);
}

/** A mirror in a registry of one's own keeps the last part: `registry.example/mirror/library/mongo`. */
function mirrored(path: readonly string[]): ServerKind | undefined {
  const last = path.at(-1) ?? "";
  return path.at(-2) === "library" && Object.hasOwn(images, last) ? images[last] : undefined;
}

/** Which server a program is: `/opt/mongodb/bin/mongod`. */
export function serverOfProgram(program: string): ServerKind | undefined {
  const name = basename(program).replace(/\.exe$/i, "");
  return name.startsWith("mongod")
    ? "mongo"
    : /^(?:redis|valkey)/.test(name)
      ? "redis"
      : name.startsWith("nginx")
        ? "nginx"
        : undefined;
}
