import type { Instance, Step } from "@drydock/core";

/** Stops an instance where it runs, then removes it. */
export function removeSteps(instance: Instance, because: string, stopAfter: readonly string[] = []): readonly Step[] {
  const name = `${instance.service}.${instance.number}`;
  const common = { because, service: instance.service, number: instance.number, instance: instance.id } as const;
  const isOver = instance.state === "stopped" || instance.state === "done" || instance.state === "failed";
  return [
    ...(isOver ? [] : [{ kind: "stop", id: `stop:${name}`, after: stopAfter, ...common } as const]),
    { kind: "remove", id: `remove:${name}`, after: isOver ? [] : [`stop:${name}`], ...common },
  ];
}
