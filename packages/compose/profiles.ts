import {
  child,
  type Entry,
  entriesOf,
  itemPath,
  itemsOf,
  type MappingNode,
  type Node,
  textOf,
  withEntries,
  withKey,
  withoutKeys,
} from "./yaml/node.ts";

/** The profiles that are active: those asked for, and those of services that are named on the command line. */
export function activeProfiles(
  root: MappingNode,
  profiles: readonly string[],
  named: readonly string[],
): readonly string[] {
  const services = child(root, "services");
  const implied = named.flatMap((name) => {
    const service = child(services, name);
    return service && !isActive(service, profiles) ? profilesOf(service) : [];
  });
  return [...new Set([...profiles, ...implied])];
}

/** Whether a service runs under these profiles (Compose Specification, profiles); `*` is all of them. */
export function isActive(service: Node, profiles: readonly string[]): boolean {
  const own = profilesOf(service);
  return own.length === 0 || profiles.includes("*") || own.some((profile) => profiles.includes(profile));
}

/** The profiles that a service names; none: it always runs. */
export function profilesOf(service: Node): readonly string[] {
  return itemsOf(child(service, "profiles")).flatMap((item) => textOf(item) ?? []);
}

/** Leaves out the services whose profiles are not active, and the networks, volumes, secrets, configs and models that only they use. */
export function keepActive(root: MappingNode, profiles: readonly string[]): MappingNode {
  const services = child(root, "services");
  const active = new Map([...entriesOf(services)].filter(([, entry]) => isActive(entry.node, profiles)));
  const whole = services?.kind === "mapping" ? withKey(root, "services", withEntries(services, active)) : root;
  return [...resourceUses].reduce<MappingNode>((model, [section, uses]) => {
    const resources = child(model, section);
    if (resources?.kind !== "mapping") return model;
    const used = new Set([...active.values()].flatMap(({ node }) => uses(node).map(({ name }) => name)));
    const kept = [...resources.entries].filter(([name]): boolean => used.has(name));
    return kept.length === 0
      ? withoutKeys(model, section)
      : withKey(model, section, withEntries(resources, new Map<string, Entry>(kept)));
  }, whole);
}

/** A name that a service uses, and where it does. */
export interface Use {
  readonly name: string;
  readonly node: Node;
  /** Where in the service: `volumes[0]`. */
  readonly path: string;
}

/** What a service uses of each section of the file. */
export const resourceUses: ReadonlyMap<string, (service: Node) => readonly Use[]> = new Map([
  ["networks", (service: Node) => keysOf(service, "networks")],
  ["volumes", namedVolumes],
  [
    "secrets",
    (service: Node) => [
      ...sources(service, "secrets", "secrets"),
      ...sources(child(service, "build"), "secrets", "build.secrets"),
    ],
  ],
  ["configs", (service: Node) => sources(service, "configs", "configs")],
  ["models", (service: Node) => keysOf(service, "models")],
]);

function keysOf(service: Node, key: string): readonly Use[] {
  return [...entriesOf(child(service, key))].map(([name, entry]) => ({
    name,
    node: { ...entry.node, place: entry.keyPlace },
    path: `${key}.${name}`,
  }));
}

function namedVolumes(service: Node): readonly Use[] {
  return itemsOf(child(service, "volumes")).flatMap((mount, index): readonly Use[] => {
    const source = child(mount, "source");
    const name = textOf(source);
    if (textOf(child(mount, "type")) !== "volume" || !source || !name) return [];
    return [{ name, node: source, path: itemPath("volumes", mount, index) }];
  });
}

function sources(owner: Node | undefined, key: string, path: string): readonly Use[] {
  return itemsOf(child(owner, key)).flatMap((item, index): readonly Use[] => {
    const source = child(item, "source");
    const name = textOf(source);
    return source && name !== undefined ? [{ name, node: source, path: itemPath(path, item, index) }] : [];
  });
}
