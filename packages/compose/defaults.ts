import type { Scope } from "./files/loading.ts";
import { withDependencyDefaults } from "./shapes/dependencies.ts";
import { withDeviceCount } from "./shapes/devices.ts";
import { withSecretTarget } from "./shapes/references.ts";
import { child, entriesOf, type MappingNode, mapping, type Node, scalar, withEntries, withKey } from "./yaml/node.ts";

/** Writes out what is meant where something is absent, and what belongs to this scope: its folder and its variables. */
export function withDefaults(root: MappingNode, scope: Scope): MappingNode {
  return mapServices(root, (service) => {
    let whole = service;
    whole = change(whole, "build", (build) =>
      child(build, "context") ? build : setKey(build, "context", scalar(scope.directory, build.place)),
    );
    whole = change(whole, "depends_on", withDependencyDefaults);
    whole = change(whole, "secrets", (secrets) => eachItem(secrets, withSecretTarget));
    whole = change(whole, "ports", (ports) => eachItem(ports, withPortDefaults));
    whole = change(whole, "gpus", (gpus) => eachItem(gpus, withDeviceCount));
    whole = change(whole, "env_file", (files) =>
      eachItem(files, (file) => (child(file, "required") ? file : setKey(file, "required", scalar(true, file.place)))),
    );
    whole = change(whole, "deploy", (deploy) =>
      changeAt(deploy, ["resources", "reservations", "devices"], (devices) => eachItem(devices, withDeviceCount)),
    );
    return change(whole, "environment", (environment) => fillBareKeys(environment, scope));
  });
}

/** The same model with each service changed. */
export function mapServices(root: MappingNode, edit: (service: MappingNode, name: string) => MappingNode): MappingNode {
  const services = child(root, "services");
  if (services?.kind !== "mapping") return root;
  const entries = new Map(services.entries);
  for (const [name, entry] of services.entries) {
    if (entry.node.kind === "mapping") entries.set(name, { ...entry, node: edit(entry.node, name) });
  }
  return withKey(root, "services", withEntries(services, entries));
}

/** The same mapping with one value changed, where it has that key. */
export function change(node: MappingNode, key: string, edit: (value: Node) => Node): MappingNode {
  const entry = node.entries.get(key);
  if (!entry) return node;
  const value = edit(entry.node);
  return value === entry.node ? node : withEntries(node, new Map(node.entries).set(key, { ...entry, node: value }));
}

function changeAt(node: Node, path: readonly string[], edit: (value: Node) => Node): Node {
  const [key, ...rest] = path;
  if (key === undefined) return edit(node);
  return node.kind === "mapping" ? change(node, key, (value) => changeAt(value, rest, edit)) : node;
}

function eachItem(node: Node, edit: (item: Node) => Node): Node {
  return node.kind === "list" ? { ...node, items: node.items.map(edit) } : node;
}

function setKey(node: Node, key: string, value: Node): Node {
  return node.kind === "mapping" ? withKey(node, key, value) : node;
}

function withPortDefaults(port: Node): Node {
  if (port.kind !== "mapping") return port;
  const defaults = mapping({ mode: scalar("ingress", port.place), protocol: scalar("tcp", port.place) }, port.place);
  return { ...port, entries: new Map([...defaults.entries, ...port.entries]) };
}

/** A bare `KEY` in a list takes its value from the variables of the scope it was written in. */
function fillBareKeys(environment: Node, scope: Scope): Node {
  if (environment.kind !== "mapping") return environment;
  const entries = new Map(environment.entries);
  for (const [key, entry] of entriesOf(environment)) {
    const value = entry.node.kind === "scalar" && entry.node.isBare ? scope.variables.get(key) : undefined;
    if (value !== undefined) entries.set(key, { ...entry, node: scalar(value, entry.node.place) });
  }
  return withEntries(environment, entries);
}
