import { printExtensions } from "./shapes/collections.ts";
import { project } from "./shapes/project.ts";
import { service } from "./shapes/service.ts";
import { child, type MappingNode, scalar, withKey } from "./yaml/node.ts";

/** The whole resolved stack, as plain data: what `docker compose config` prints. */
export interface ComposeModel {
  readonly name: string;
  /** As `--format json` prints it: without `x-` keys, but those at the top. */
  readonly json: Readonly<Record<string, unknown>>;
  /** As `--format yaml` prints it. */
  readonly yaml: Readonly<Record<string, unknown>>;
}

/** Prints a normalised project. */
export function toModel(root: MappingNode, name: string): ComposeModel {
  const named = withKey(root, "name", scalar(name, root.place));
  const whole = child(named, "services")
    ? named
    : withKey(named, "services", { kind: "mapping", entries: new Map(), place: root.place });
  const { models: _, ...json } = { models: {}, services: {}, ...printed(whole, "json") };
  const extended = [...Object.entries(json), ...printExtensions(root)].sort(([a], [b]) => (a < b ? -1 : 1));
  return { name, json: Object.fromEntries(extended), yaml: { name, services: {}, ...printed(whole, "yaml") } };
}

function printed(root: MappingNode, format: "json" | "yaml"): Record<string, unknown> {
  return project.print(root, format) as Record<string, unknown>;
}

/** One service as `--format json` prints it. */
export function definitionOf(node: MappingNode): Readonly<Record<string, unknown>> {
  return service.print(node, "json") as Record<string, unknown>;
}
