import type { Emit, Environment } from "@drydock/core";
import type { Container } from "./container.ts";
import { EngineFailure } from "./engine-api.ts";
import type { EngineScope } from "./engine-scope.ts";
import type { FeedEvent } from "./event-feed.ts";
import { oneOffLabel, replaceLabel } from "./labels.ts";
import { projectContainers } from "./project-containers.ts";

/**
 * Emits what happens to the project's containers, and their logs, until the signal is aborted; resolves when it listens. Each
 * event is a reason to look: what is emitted is what the engine then says of the container, not what the event implied.
 * @throws EngineFailure when the engine does not answer at the beginning
 */
export async function watch(
  scope: EngineScope,
  environment: Environment,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const looker = new Looker(scope, environment, emit, signal);
  const unsubscribe = await scope.feed.subscribe((event) => looker.hear(event));
  signal.addEventListener("abort", unsubscribe, { once: true });
  await looker.lookAtAll();
}

class Looker {
  readonly #scope: EngineScope;
  readonly #environment: Environment;
  readonly #emit: Emit;
  readonly #signal: AbortSignal;
  /** By container id: looks follow one another, so that an older answer never overtakes a newer one. */
  readonly #queues = new Map<string, Promise<void>>();

  constructor(scope: EngineScope, environment: Environment, emit: Emit, signal: AbortSignal) {
    this.#scope = scope;
    this.#environment = environment;
    this.#emit = emit;
    this.#signal = signal;
  }

  hear(event: FeedEvent): void {
    if (this.#signal.aborted) return;
    if (event.kind === "lost") this.#tellLost(event.reason);
    else if (event.kind === "back") this.#tellBack();
    else if (event.action === "destroy") this.#scope.tracker.reportGone(event.id, this.#emit);
    else this.#enqueue(event.id, () => this.#look(event.id, event.action));
  }

  async lookAtAll(): Promise<void> {
    const { instances } = await projectContainers(this.#scope.api, this.#environment.project, this.#signal);
    for (const container of instances) {
      this.#scope.tracker.report(container, this.#environment, this.#emit);
      if (container.startedAt !== "") this.#follow(container);
    }
  }

  async #look(id: string, action: string): Promise<void> {
    const container = await this.#scope.api.inspect(id, this.#signal);
    if (!container || container.labels[oneOffLabel] === "True") return;
    // Until it has its final name, a replacement is not the instance: the container that it replaces still is.
    if (action === "create" && container.labels[replaceLabel] !== undefined) return;
    this.#scope.tracker.report(container, this.#environment, this.#emit);
    if (action === "oom")
      this.#notice(`${container.name} ran out of memory`, "Raise its mem_limit, or Docker's memory.");
    if (action === "start") this.#follow(container);
  }

  #follow(container: Container): void {
    const isOurs = this.#scope.options.state.read().containers[container.id] !== undefined;
    this.#scope.followers.follow(container, isOurs, this.#emit, this.#signal);
  }

  #enqueue(id: string, look: () => Promise<void>): void {
    const before = this.#queues.get(id) ?? Promise.resolve();
    // While the engine is away a look fails, and coming back looks at everything; whatever else fails must not go unseen.
    const queue = before.then(look).catch((error: unknown) => {
      if (this.#signal.aborted || (error instanceof EngineFailure && error.status === 0)) return;
      this.#notice(
        `A container could not be looked at: ${error instanceof Error ? error.message : error}`,
        "`dev status` looks again.",
      );
    });
    this.#queues.set(id, queue);
    void queue.finally(() => {
      if (this.#queues.get(id) === queue) this.#queues.delete(id);
    });
  }

  #tellLost(reason: string): void {
    this.#notice(
      `Docker does not answer: ${reason}`,
      "What runs is unknown until it does; `dev doctor` checks the engine.",
    );
    this.#scope.tracker.reportUnknown(this.#emit);
  }

  #tellBack(): void {
    this.#emit({ kind: "notice", at: this.#scope.options.clock.now(), level: "info", message: "Docker answers again" });
    this.#enqueue("*", () => this.lookAtAll());
  }

  #notice(message: string, hint: string): void {
    this.#emit({ kind: "notice", at: this.#scope.options.clock.now(), level: "warning", message, hint });
  }
}
