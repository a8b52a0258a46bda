import type { Environment, Service } from "@drydock/core";
import { type HostTargets, substituteEnvironment } from "@drydock/processes";
import type { StackDatabase } from "../find-databases.ts";

/**
 * What a program finds the databases of a test by: the variables of the project's services that name them, with the addresses that they have now; and `MONGO_URL`
 * and `REDIS_URL`, whatever the project calls its own. Where services disagree, the value of most of them counts.
 */
export function runVariables(
  environment: Environment,
  databases: readonly StackDatabase[],
): Readonly<Record<string, string>> {
  const targets = targetsOf(environment, databases);
  const counts = new Map<string, Map<string, number>>();
  for (const service of environment.services) {
    if (databases.some((each) => each.service === service.name)) continue;
    const substituted = substituteEnvironment(service.environment, targets, new Map()).environment;
    for (const [name, value] of Object.entries(substituted)) {
      if (value === service.environment[name]) continue;
      const values = counts.get(name) ?? new Map<string, number>();
      counts.set(name, values.set(value, (values.get(value) ?? 0) + 1));
    }
  }
  const named = [...counts].map(([name, values]) => {
    const [most] = [...values].sort(([, a], [, b]) => b - a);
    return [name, fromOutside(most?.[0] ?? "")] as const;
  });
  return { ...usualNames(databases), ...Object.fromEntries(named) };
}

function usualNames(databases: readonly StackDatabase[]): Readonly<Record<string, string>> {
  const mongo = databases.find(({ kind }) => kind === "mongo");
  const redis = databases.find(({ kind }) => kind === "redis");
  return {
    ...(mongo?.uri ? { MONGO_URL: mongo.uri.replace("/?", `/${mongo.names[0] ?? ""}?`) } : {}),
    ...(redis?.uri ? { REDIS_URL: `${redis.uri}/${redis.names[0] ?? "0"}` } : {}),
  };
}

/** A member of a replica set is asked directly: the set knows it by a name that only its own network has (MongoDB manual, directConnection). */
function fromOutside(value: string): string {
  if (!/^mongodb:\/\//.test(value) || !/[?&]replicaSet=/.test(value)) return value;
  const direct = value.replace(/([?&])replicaSet=[^&]*/, "$1directConnection=true");
  return /[?&]directConnection=true.*[?&]directConnection=/.test(direct)
    ? value.replace(/([?&])replicaSet=[^&]*&?/, "$1").replace(/[?&]$/, "")
    : direct;
}

function targetsOf(environment: Environment, databases: readonly StackDatabase[]): HostTargets {
  return new Map(
    databases.flatMap(({ service, instance }) => {
      const addresses = [...(instance?.addresses ?? [])].reverse(); // a published one, which comes first, counts
      const target = { ports: new Map(addresses.map(({ target, host, port }) => [target, { host, port }])) };
      const definition = environment.services.find(({ name }) => name === service);
      return [service, ...(definition ? otherNames(definition) : [])].map((name) => [name, target] as const);
    }),
  );
}

/** Aliases on networks, and the container's name (Compose Specification, networks). */
function otherNames({ definition }: Service): readonly string[] {
  const { networks, container_name: container } = definition;
  const aliases = Object.values(typeof networks === "object" && networks !== null ? networks : {}).flatMap(
    (network: unknown) =>
      typeof network === "object" && network !== null && "aliases" in network && Array.isArray(network.aliases)
        ? network.aliases.map(String)
        : [],
  );
  return typeof container === "string" ? [...aliases, container] : aliases;
}
