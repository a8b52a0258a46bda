import { type Dependency, type Environment, findService } from "@drydock/core";

/** What a service waits for; empty for a service that is not there. */
export function dependencyEdges(environment: Environment, name: string): readonly Dependency[] {
  return findService(environment, name)?.dependencies ?? [];
}
