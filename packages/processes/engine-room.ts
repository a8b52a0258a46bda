import { join } from "node:path";
import { type Environment, findService, instanceLabel, type Service } from "@drydock/core";
import { type Blueprint, readBlueprint } from "./blueprint.ts";
import { EventHub } from "./event-hub.ts";
import { Guardian } from "./guardian.ts";
import type { InstanceProcess } from "./instance-process.ts";
import type { LocalEngineOptions } from "./options.ts";
import { OldPorts } from "./overlap/old-ports.ts";
import { PortBook } from "./port-book.ts";
import { PreparedRecord } from "./prepared-record.ts";

/** What the engine's acts share: everything that lasts longer than one of them. */
export class EngineRoom {
  readonly options: LocalEngineOptions;
  readonly hub = new EventHub();
  readonly guardian: Guardian;
  readonly ports: PortBook;
  readonly record: PreparedRecord;
  /** By `service.number`. */
  readonly instances = new Map<string, InstanceProcess>();
  /** Whose place another has taken, and that still answer what they were asked. */
  readonly retiring = new Set<InstanceProcess>();
  readonly oldPorts = new OldPorts();
  /** Services of which a second process listened elsewhere than it was told, or found something in use. */
  readonly stubborn = new Set<string>();
  /** Proxies that we told to reload. */
  readonly reloaded = new WeakSet<InstanceProcess>();
  /** Aborted when the engine closes. */
  readonly life = new AbortController();
  readonly #done = new Set<string>();
  readonly volumesDirectory: string;
  readonly runDirectory: string;

  constructor(options: LocalEngineOptions) {
    this.options = options;
    this.guardian = new Guardian(options.sessionId);
    this.ports = new PortBook(options.stateDirectory);
    this.record = new PreparedRecord(options.stateDirectory);
    this.volumesDirectory = join(options.stateDirectory, "volumes");
    this.runDirectory = join(options.stateDirectory, "run");
  }

  find(service: string, number: number): InstanceProcess | undefined {
    return this.instances.get(instanceKey(service, number));
  }

  isRunning(service: string, number: number): boolean {
    return this.find(service, number)?.isRunning === true;
  }

  /** Does something the first time only; again when it failed. */
  async once(name: string, act: () => Promise<void>): Promise<void> {
    if (this.#done.has(name)) return;
    await act();
    this.#done.add(name);
  }

  /** Reads what the files say of every service. */
  async readStack(environment: Environment): Promise<Stack> {
    const read = (service: Service) => readBlueprint(service, this.volumesDirectory);
    const all = await Promise.all(environment.services.map(read));
    return { environment, blueprints: new Map(all.map((each) => [each.service.name, each])) };
  }
}

/** An environment, and what the files of its services say. */
export interface Stack {
  readonly environment: Environment;
  readonly blueprints: ReadonlyMap<string, Blueprint>;
}

/** `api.2`, also where there is one. */
export function instanceKey(service: string, number: number): string {
  return `${service}.${number}`;
}

/** What people call an instance. */
export function labelOf(environment: Environment, service: string, number: number): string {
  return instanceLabel(service, number, findService(environment, service)?.replicas ?? 1);
}
