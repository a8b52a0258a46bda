import { change, mapServices } from "./defaults.ts";
import { cleanTarget } from "./shapes/mounts.ts";
import { flagOf } from "./shapes/scalars.ts";
import {
  child,
  type Entry,
  entriesOf,
  itemsOf,
  type MappingNode,
  mapping,
  type Node,
  scalar,
  textOf,
  withEntries,
  withKey,
} from "./yaml/node.ts";

/** Writes out what Compose adds to the merged files of a project: the default network, names, implicit dependencies, values of bare keys. */
export function normalize(root: MappingNode, name: string, variables: ReadonlyMap<string, string>): MappingNode {
  const networked = mapServices(root, withDefaultNetwork);
  const whole = mapServices(withNetworkOf(networked), (service) => normalizeService(service, variables));
  return ["networks", "volumes", "configs", "secrets"].reduce(
    (model, section) => withNames(model, section, name),
    whole,
  );
}

function normalizeService(service: MappingNode, variables: ReadonlyMap<string, string>): MappingNode {
  let whole = change(service, "pull_policy", (policy) =>
    textOf(policy) === "if_not_present" ? scalar("missing", policy.place) : policy,
  );
  whole = change(whole, "build", (build) => normalizeBuild(build, variables));
  whole = change(whole, "environment", (environment) => resolveBare(environment, variables));
  whole = change(whole, "volumes", (mounts) => ({
    ...mounts,
    ...(mounts.kind === "list" ? { items: mounts.items.map(cleanMount) } : {}),
  }));
  return withImplicitDependencies(whole);
}

function normalizeBuild(build: Node, variables: ReadonlyMap<string, string>): Node {
  if (build.kind !== "mapping") return build;
  const hasDockerfile =
    build.entries.has("dockerfile") || build.entries.has("dockerfile_inline") || build.dropped?.has("dockerfile");
  const whole = hasDockerfile ? build : withKey(build, "dockerfile", scalar("Dockerfile", build.place));
  return change(whole, "args", (args) => resolveBare(args, variables));
}

/** Keys without a value take it from the variables, where they have one. */
function resolveBare(node: Node, variables: ReadonlyMap<string, string>): Node {
  if (node.kind !== "mapping") return node;
  const entries = [...node.entries].map(([key, entry]): [string, Entry] => {
    const value = entry.node.kind === "scalar" && entry.node.value === null ? variables.get(key) : undefined;
    return [key, value === undefined ? entry : { ...entry, node: scalar(value, entry.node.place) }];
  });
  return withEntries(node, new Map(entries));
}

function cleanMount(mount: Node): Node {
  const target = child(mount, "target");
  const given = textOf(target);
  return mount.kind === "mapping" && target && given !== undefined
    ? withKey(mount, "target", scalar(cleanTarget(given), target.place))
    : mount;
}

function withDefaultNetwork(service: MappingNode): MappingNode {
  const { entries } = service;
  const isApart = entries.has("provider") || entries.has("network_mode") || service.dropped?.has("networks");
  if (isApart || entriesOf(child(service, "networks")).size > 0) return service;
  return withKey(service, "networks", mapping({ default: scalar(null, service.place) }, service.place));
}

function withNetworkOf(root: MappingNode): MappingNode {
  const isUsed = [...entriesOf(child(root, "services")).values()].some(({ node }) =>
    entriesOf(child(node, "networks")).has("default"),
  );
  const networks = child(root, "networks");
  if (!isUsed || entriesOf(networks).has("default")) return root;
  const own = networks?.kind === "mapping" ? networks : mapping({}, root.place);
  return withKey(root, "networks", withKey(own, "default", scalar(null, root.place)));
}

const namespaces = ["network_mode", "ipc", "pid", "uts", "cgroup"];

/** `links`, shared namespaces and `volumes_from` are dependencies too. */
function withImplicitDependencies(service: MappingNode): MappingNode {
  const found = new Map<string, Entry>();
  const add = (name: string | undefined, from: Node, restart: boolean): void => {
    if (name === undefined || name === "" || found.has(name)) return;
    const { place } = from;
    const node = mapping(
      { condition: scalar("service_started", place), restart: scalar(restart, place), required: scalar(true, place) },
      place,
    );
    found.set(name, { keyPlace: place, node });
  };
  for (const link of itemsOf(child(service, "links"))) add(textOf(link)?.split(":")[0], link, true);
  for (const key of namespaces) {
    const given = child(service, key);
    const shared = textOf(given);
    if (given && shared?.startsWith("service:")) add(shared.slice("service:".length), given, true);
  }
  for (const from of itemsOf(child(service, "volumes_from"))) {
    const spec = textOf(from) ?? "";
    if (!spec.startsWith("container:")) add(spec.split(":")[0], from, false);
  }
  if (found.size === 0) return service;
  const own = child(service, "depends_on");
  const whole = own?.kind === "mapping" ? own : mapping({}, service.place);
  return withKey(service, "depends_on", withEntries(whole, new Map([...found, ...whole.entries])));
}

/** What has no name is called by its key: as it is when it is external, after the project otherwise. */
function withNames(root: MappingNode, section: string, project: string): MappingNode {
  return change(root, section, (resources) => {
    if (resources.kind !== "mapping") return resources;
    const entries = [...resources.entries].map(([key, entry]): [string, Entry] => {
      const node = entry.node.kind === "mapping" ? entry.node : mapping({}, entry.node.place);
      if (child(node, "name")) return [key, { ...entry, node }];
      const name = flagOf(child(node, "external")) ? key : `${project}_${key}`;
      return [key, { ...entry, node: withKey(node, "name", scalar(name, entry.keyPlace)) }];
    });
    return withEntries(resources, new Map(entries));
  });
}
