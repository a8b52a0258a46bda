import type { Service } from "./service.ts";

/** A stack as it is wanted: what the Compose files say, resolved and validated. Plain data. */
export interface Environment {
  /** The Compose project name, unique on this machine for this checkout. */
  readonly project: string;
  /** The project directory, absolute; relative paths of the Compose files are against it. */
  readonly directory: string;
  /** The Compose files as given to `docker compose -f`, absolute, in order. */
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  /** `--env-file` arguments, absolute; empty where the default `.env` applies. */
  readonly envFiles: readonly string[];
  /** The services whose profiles are active, in the order of the file. */
  readonly services: readonly Service[];
  readonly networks: readonly NamedResource[];
  readonly volumes: readonly NamedResource[];
}

/** A network or volume. `name` is the key in the file, `engineName` what the engine calls it (`shop_default`). */
export interface NamedResource {
  readonly name: string;
  readonly engineName: string;
  /** Made by somebody else: never created, never removed. */
  readonly isExternal: boolean;
}

/** Finds a service by its name. */
export function findService(environment: Environment, name: string): Service | undefined {
  return environment.services.find((service) => service.name === name);
}
