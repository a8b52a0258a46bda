import type { Environment, Service } from "@drydock/core";

/** A service of a test: what is not said is as Compose has it by default. */
export function testService(changes: Partial<Service> & { readonly name: string }): Service {
  const { definition, ...rest } = changes;
  return {
    environment: {},
    dependencies: [],
    ports: [],
    expose: [],
    mounts: [],
    replicas: 1,
    restart: { kind: "no" },
    stopSignal: "SIGTERM",
    stopGracePeriodMs: 10_000,
    profiles: [],
    watch: [],
    dev: { pin: false },
    ...rest,
    definition: definition ?? { ...rest },
  };
}

/** An environment of a test. */
export function testEnvironment(
  directory: string,
  services: readonly Service[],
  volumes: readonly string[] = [],
): Environment {
  return {
    project: "test",
    directory,
    files: [],
    profiles: [],
    envFiles: [],
    services,
    networks: [],
    volumes: volumes.map((name) => ({ name, engineName: `test_${name}`, isExternal: false })),
  };
}
