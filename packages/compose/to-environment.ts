import type { Environment, NamedResource, Service } from "@drydock/core";
import { flagOf } from "./shapes/scalars.ts";
import { toService } from "./to-service.ts";
import { child, entriesOf, type MappingNode, textOf } from "./yaml/node.ts";

/** What the environment has besides its services. */
export interface EnvironmentFacts {
  readonly project: string;
  readonly directory: string;
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  readonly envFiles: readonly string[];
}

/** A normalised project of active services as the environment that all others work with. */
export function toEnvironment(root: MappingNode, facts: EnvironmentFacts): Environment {
  const services = [...entriesOf(child(root, "services"))].flatMap(([name, { node }]): readonly Service[] =>
    node.kind === "mapping" ? [toService(name, node, root)] : [],
  );
  return { ...facts, services, networks: resources(root, "networks"), volumes: resources(root, "volumes") };
}

function resources(root: MappingNode, section: string): readonly NamedResource[] {
  return [...entriesOf(child(root, section))].map(([name, { node }]) => ({
    name,
    engineName: textOf(child(node, "name")) ?? name,
    isExternal: flagOf(child(node, "external")) ?? false,
  }));
}
