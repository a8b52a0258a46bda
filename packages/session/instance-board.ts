import type { DevEvent, Emit, Instance, Observed } from "@drydock/core";

/** What is known of every instance now: what was observed, kept up to date by events. */
export class InstanceBoard {
  readonly #instances = new Map<string, Instance>();

  get all(): readonly Instance[] {
    return [...this.#instances.values()].sort((a, b) => a.service.localeCompare(b.service) || a.number - b.number);
  }

  get(service: string, number: number): Instance | undefined {
    return this.#instances.get(key(service, number));
  }

  /** Takes in an event; the hub calls it for each. */
  readonly take: Emit = (event: DevEvent) => {
    if (event.kind === "instance")
      this.#instances.set(key(event.instance.service, event.instance.number), event.instance);
    if (event.kind === "gone") this.#instances.delete(key(event.service, event.number));
  };

  /** Compares with what was observed and publishes the differences, so that every reader learns them. */
  correct(observed: Observed, publish: Emit, at: number): void {
    const seen = new Set(observed.instances.map((each) => key(each.service, each.number)));
    for (const [name, { service, number }] of this.#instances)
      if (!seen.has(name)) publish({ kind: "gone", at, service, number });
    for (const instance of observed.instances) {
      const known = this.get(instance.service, instance.number);
      if (JSON.stringify(known) !== JSON.stringify(instance)) publish({ kind: "instance", at, instance });
    }
  }
}

function key(service: string, number: number): string {
  return `${service}.${number}`;
}
