import type { Environment, Observed } from "@drydock/core";
import { nearest } from "@drydock/core";
import { noSuchService } from "./errors.ts";

/** @throws DevError NO_SUCH_SERVICE for the first name that neither the files nor the engine know */
export function requireServices(services: readonly string[], environment: Environment, observed?: Observed): void {
  const known = new Set([
    ...environment.services.map((service) => service.name),
    ...(observed?.instances.map((instance) => instance.service) ?? []),
  ]);
  const unknown = services.find((name) => !known.has(name));
  if (unknown !== undefined) throw noSuchService(unknown, [...known], nearest(unknown, [...known]));
}
