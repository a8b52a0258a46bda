import {
  type Environment,
  findService,
  type Instance,
  instancesOf,
  isOneShot,
  type Observed,
  type Plan,
  type ReplaceStep,
  type Step,
} from "@drydock/core";

/** Stops these services and nothing else; what needs them keeps running. */
export function planStop(services: readonly string[], observed: Observed): Plan {
  return services.flatMap((name) => runningInstances(name, observed).map((instance) => stop(instance, "stop")));
}

/** Stops and starts these services, then waits for them; what they need is not touched. */
export function planRestart(services: readonly string[], wanted: Environment, observed: Observed): Plan {
  return services.flatMap((name) => {
    const stops = runningInstances(name, observed).map((instance) => stop(instance, "restart"));
    const after = stops.map((step) => step.id);
    const starts = instancesOf(observed, name).map(
      ({ number }): Step => ({
        kind: "start",
        id: `start:${name}.${number}`,
        because: "restart",
        after,
        service: name,
        number,
      }),
    );
    return [...stops, ...starts, ...ready(name, wanted, starts)];
  });
}

/**
 * Lets a second process take the place of each that runs, when it is ready; those that do not run are started. Whose place was taken goes on, and is for
 * `planRetire`.
 */
export function planReplace(services: readonly string[], wanted: Environment, observed: Observed): Plan {
  const because = "the one before goes on until it is ready";
  const replacements = services.flatMap((name) =>
    runningInstances(name, observed).map(
      ({ number }): Step => ({
        kind: "replace",
        id: `replace:${name}.${number}`,
        because,
        after: [],
        service: name,
        number,
      }),
    ),
  );
  return [...replacements, ...planStart(services, wanted, observed)];
}

/** Stops what was before in the place of these. */
export function planRetire(replaced: readonly ReplaceStep[]): Plan {
  return replaced.map(({ service, number }) => ({
    kind: "retire",
    id: `retire:${service}.${number}`,
    because: "another took its place",
    after: [],
    service,
    number,
  }));
}

/** Starts those instances of these services that do not run, then waits for them. */
export function planStart(services: readonly string[], wanted: Environment, observed: Observed): Plan {
  return services.flatMap((name) => {
    const starts = instancesOf(observed, name)
      .filter((instance) => !isRunning(instance))
      .map(
        ({ number }): Step => ({
          kind: "start",
          id: `start:${name}.${number}`,
          because: "start",
          after: [],
          service: name,
          number,
        }),
      );
    return [...starts, ...ready(name, wanted, starts)];
  });
}

function ready(name: string, wanted: Environment, starts: readonly Step[]): readonly Step[] {
  if (starts.length === 0 || !findService(wanted, name)) return [];
  const goal = isOneShot(name, wanted.services) ? "done" : "ready";
  return [
    {
      kind: "ready",
      id: `ready:${name}`,
      because: "it was started",
      after: starts.map((step) => step.id),
      service: name,
      goal,
    },
  ];
}

function runningInstances(name: string, observed: Observed): readonly Instance[] {
  return instancesOf(observed, name).filter(isRunning);
}

function isRunning(instance: Instance): boolean {
  return !["stopped", "done", "failed", "waiting"].includes(instance.state);
}

function stop(instance: Instance, because: string): Step {
  const { service, number, id } = instance;
  return { kind: "stop", id: `stop:${service}.${number}`, because, after: [], service, number, instance: id };
}
