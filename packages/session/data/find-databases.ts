import {
  type Environment,
  type Instance,
  instancesOf,
  type Observed,
  type Service,
  serverOfImage,
} from "@drydock/core";

/** A database server of the stack, as commands on data reach it. */
export interface StackDatabase {
  readonly service: string;
  readonly kind: "mongo" | "redis";
  /**
   * Where it answers on this machine, with the credentials that the Compose file gives it, without a database's name:
   * `mongodb://127.0.0.1:27017/?directConnection=true`, `redis://127.0.0.1:6379`. Undefined while it does not run.
   */
  readonly uri: string | undefined;
  /** The names that the project's services use in their URLs, the most used first: `shop`; for Redis the numbers: `0`. */
  readonly names: readonly string[];
  /** Undefined while nothing of it exists. */
  readonly instance: Instance | undefined;
}

/** The MongoDB and Redis servers of a stack, in the order of its file. */
export function findDatabases(environment: Environment, observed: Observed): readonly StackDatabase[] {
  return environment.services.flatMap((service): readonly StackDatabase[] => {
    const kind = kindOf(service);
    if (!kind) return [];
    const instance = instancesOf(observed, service.name)[0];
    const address = instance?.addresses.find(({ target }) => target === portOf[kind]) ?? instance?.addresses[0];
    const uri = address && isUp(instance) ? uriOf(kind, service, address.host, address.port) : undefined;
    return [{ service: service.name, kind, uri, names: namesOf(kind, service.name, environment), instance }];
  });
}

const portOf = { mongo: 27017, redis: 6379 } as const;

function kindOf({ image, dev }: Service): "mongo" | "redis" | undefined {
  const kind = image === undefined || dev.run !== undefined ? undefined : serverOfImage(image);
  return kind === "nginx" ? undefined : kind;
}

const isUp = (instance: Instance | undefined): boolean =>
  instance?.state === "ready" || instance?.state === "unhealthy";

function uriOf(kind: "mongo" | "redis", service: Service, host: string, port: number): string {
  const place = `${host === "0.0.0.0" || host === "::" || host === "" ? "127.0.0.1" : host}:${port}`;
  if (kind === "redis") {
    const password = redisPassword(service);
    return `redis://${password === undefined ? "" : `:${encodeURIComponent(password)}@`}${place}`;
  }
  // hub.docker.com/_/mongo, MONGO_INITDB_ROOT_USERNAME: the user of the database admin.
  const { MONGO_INITDB_ROOT_USERNAME: name, MONGO_INITDB_ROOT_PASSWORD: password } = service.environment;
  const login = name && password ? `${encodeURIComponent(name)}:${encodeURIComponent(password)}@` : "";
  return `mongodb://${login}${place}/?directConnection=true${login === "" ? "" : "&authSource=admin"}`;
}

/** What `--requirepass` says in the command, also within a shell line. */
function redisPassword({ command = [], environment }: Service): string | undefined {
  const words = command.flatMap((word) => word.split(/\s+/));
  const given = words[words.indexOf("--requirepass") + 1];
  if (!words.includes("--requirepass") || given === undefined) return undefined;
  return given
    .replace(/^["']|["']$/g, "")
    .replace(/^\$\{?(\w+)\}?$/, (whole, name: string) => environment[name] ?? whole);
}

/** Database names in URLs that name the service as their host: `mongodb://mongo:27017/shop`. */
function namesOf(kind: "mongo" | "redis", host: string, environment: Environment): readonly string[] {
  const counts = new Map<string, number>();
  for (const service of environment.services)
    for (const value of Object.values(service.environment)) {
      const name = nameIn(kind, host, value);
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  const names = [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
  if (names.length > 0) return names;
  return kind === "redis" ? ["0"] : [environment.project];
}

function nameIn(kind: "mongo" | "redis", host: string, value: string): string | undefined {
  const pattern =
    kind === "mongo" ? /^mongodb:\/\/(?:[^@/]*@)?([^/?]+)\/?([^?]*)/ : /^rediss?:\/\/(?:[^@/]*@)?([^/?]+)\/?([^?]*)/;
  const [, hosts = "", name = ""] = pattern.exec(value) ?? [];
  if (!hosts.split(",").some((each) => each.replace(/:\d+$/, "") === host)) return undefined;
  if (name !== "") return decodeURIComponent(name);
  return kind === "redis" ? "0" : undefined;
}
