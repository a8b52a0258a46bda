import { networkInterfaces } from "node:os";
import type { Clock, Emit, Environment, Instance } from "@drydock/core";
import type { Container } from "./container.ts";
import { describeInstance, type Knowledge } from "./describe-instance.ts";
import { type FoundDocker, publishedHostOf } from "./docker-host.ts";
import { type DockerState, forgetContainer } from "./docker-state.ts";
import type { ReachableFrom } from "./instance-addresses.ts";

/** What this process learned of one container. */
interface Lesson {
  readonly readyRun?: string;
  readonly readyReason?: string;
  readonly waitingFor?: string;
}

/**
 * Remembers what probes found, and tells readers of instances only what is news. A step and the watch may both see one
 * change: whoever sees it first says it, the other stays silent.
 */
export class InstanceTracker {
  readonly #docker: FoundDocker;
  readonly #state: DockerState;
  readonly #clock: Clock;
  readonly #lessons = new Map<string, Lesson>();
  /** By `service.number`: what was last said. */
  readonly #said = new Map<string, { readonly id: string; readonly text: string; readonly instance: Instance }>();

  constructor(docker: FoundDocker, state: DockerState, clock: Clock) {
    this.#docker = docker;
    this.#state = state;
    this.#clock = clock;
  }

  /** From where this process reaches containers, as the interfaces are now. */
  reach(): ReachableFrom {
    const own = this.#docker.isDirect ? Object.values(networkInterfaces()).flat() : [];
    return {
      publishedHost: publishedHostOf(this.#docker.host),
      ownAddresses: new Set(own.flatMap((each) => (each ? [each.address] : []))),
    };
  }

  /** The container as an instance. `isImageCurrent` is false where the service's tag points to another image by now. */
  describe(container: Container, environment: Environment, isImageCurrent = true): Instance {
    const record = this.#state.read().containers[container.id];
    const knowledge: Knowledge = {
      ...this.#lessons.get(container.id),
      isStoppedByUs: record?.isStoppedByUs ?? false,
      ...(record && isImageCurrent ? { fingerprint: record.fingerprint } : {}),
    };
    return describeInstance(container, knowledge, environment, this.reach());
  }

  /** Emits the container's instance when it differs from what was last said of it. */
  report(container: Container, environment: Environment, emit: Emit): void {
    const instance = this.describe(container, environment);
    const key = `${instance.service}.${instance.number}`;
    const text = JSON.stringify(instance);
    if (this.#said.get(key)?.text === text) return;
    this.#said.set(key, { id: container.id, text, instance });
    emit({ kind: "instance", at: this.#clock.now(), instance });
  }

  /** Emits that an instance is gone, unless another container has taken its place already. */
  reportGone(id: string, emit: Emit): void {
    this.#lessons.delete(id);
    forgetContainer(this.#state, id);
    for (const [key, { id: known, instance }] of this.#said) {
      if (known !== id) continue;
      this.#said.delete(key);
      emit({ kind: "gone", at: this.#clock.now(), service: instance.service, number: instance.number });
    }
  }

  /** A probe succeeded in this run of the container. */
  learnReady(container: Container, reason: string): void {
    this.#lessons.set(container.id, { readyRun: container.startedAt, readyReason: reason });
  }

  /** What a probe that failed said. */
  learnWaiting(container: Container, waitingFor: string): void {
    this.#lessons.set(container.id, { ...this.#lessons.get(container.id), waitingFor });
  }

  /** True where a probe of ours has succeeded in this run of the container. */
  knowsReady(container: Container): boolean {
    return container.startedAt !== "" && this.#lessons.get(container.id)?.readyRun === container.startedAt;
  }

  /** Says of every instance that nobody knows how it is, because the engine does not answer; the next look is news again. */
  reportUnknown(emit: Emit): void {
    for (const [key, { id, instance }] of this.#said) {
      const unknown: Instance = { ...instance, reason: "unknown: Docker does not answer" };
      this.#said.set(key, { id, text: "", instance });
      emit({ kind: "instance", at: this.#clock.now(), instance: unknown });
    }
  }
}
