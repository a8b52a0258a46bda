import type { HostPort } from "@drydock/core";
import { type HostTargets, substituteHosts } from "./substitute-hosts.ts";

/** The environment with addresses in it, and what could not be expressed, as sentences. */
export interface SubstitutedEnvironment {
  readonly environment: Readonly<Record<string, string>>;
  readonly doubts: readonly string[];
}

// Names of variables whose whole value is a host: `REDIS_HOST`, `DB_HOSTNAME`, `MONGO_SERVER`, `BROKERS`.
const hostName = /(?:^|_)(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS|ENDPOINT|BROKER|NODE)S?$/i;

/**
 * Puts the addresses that were given out into a service's environment: in URLs and pairs; bare host names, together with the
 * variable that holds their port (`REDIS_HOST` and `REDIS_PORT`); and the service's own ports (`PORT`, `HTTP_PORT`).
 */
export function substituteEnvironment(
  environment: Readonly<Record<string, string>>,
  targets: HostTargets,
  own: ReadonlyMap<number, HostPort>,
): SubstitutedEnvironment {
  const doubts: string[] = [];
  const result = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, substituteHosts(value, targets)]),
  );
  const portNames = new Set<string>();
  for (const [name, value] of Object.entries(environment)) {
    const sibling = siblingPortName(name, environment);
    const target = targets.get(value);
    if (!target || !(sibling !== undefined || hostName.test(name))) continue;
    const written = sibling === undefined ? undefined : Number(environment[sibling]);
    const entry = [...target.ports].find(([port]) => written === undefined || port === written);
    result[name] = entry?.[1].host ?? "127.0.0.1";
    if (sibling !== undefined && entry) {
      portNames.add(sibling);
      result[sibling] = String(entry[1].port);
    } else if (entry && entry[1].port !== entry[0]) {
      doubts.push(
        `${name} names ${value}, whose port ${entry[0]} is ${entry[1].port} on this machine, and no variable holds the port`,
      );
    }
  }
  for (const [name, value] of Object.entries(environment)) {
    const address = /(?:^|_)PORT$/i.test(name) && !portNames.has(name) ? own.get(Number(value)) : undefined;
    if (address) result[name] = String(address.port);
  }
  return { environment: result, doubts };
}

/** `REDIS_HOST` -> `REDIS_PORT`; `REDIS` -> `REDIS_PORT`: where that variable is there and holds a number. */
function siblingPortName(name: string, environment: Readonly<Record<string, string>>): string | undefined {
  const base = name.replace(/_?(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i, "");
  const names = [base, name].filter((each) => each !== "").flatMap((each) => [`${each}_PORT`, `${each}_port`]);
  return names.find((each) => /^\d+$/.test(environment[each] ?? ""));
}
