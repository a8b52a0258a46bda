import type {
  ApplyContext,
  Emit,
  Engine,
  EngineDescription,
  Environment,
  ExecCommand,
  ExecRequest,
  Explanation,
  InstanceUsage,
  Leftover,
  Observed,
  Step,
  SyncedFile,
} from "@drydock/core";
import { awaitReady } from "./await-ready.ts";
import type { FoundDocker } from "./docker-host.ts";
import type { DockerOptions } from "./docker-options.ts";
import { EngineApi, EngineFailure } from "./engine-api.ts";
import type { EngineScope } from "./engine-scope.ts";
import { engineFailed } from "./errors.ts";
import { EventFeed } from "./event-feed.ts";
import { execCommand } from "./exec-command.ts";
import { executables } from "./executables.ts";
import { explain } from "./explain.ts";
import { InstanceTracker } from "./instance-tracker.ts";
import { findLeftovers, removeLeftover } from "./leftovers.ts";
import { createMemoryCursors } from "./log-cursors.ts";
import { LogFollowers } from "./log-followers.ts";
import { observe } from "./observe.ts";
import { prepare } from "./prepare.ts";
import { removeContainer, removeNetwork, removeVolume } from "./remove.ts";
import { start } from "./start.ts";
import { stop } from "./stop.ts";
import { syncFiles } from "./sync-files.ts";
import { Turnstile } from "./turnstile.ts";
import { UsageSampler } from "./usage.ts";
import { watch } from "./watch.ts";

/**
 * The docker engine of one project, over an engine that was found to answer. Connects when it is first asked something. Steps
 * emit through their own context, the watch through its own `emit`; a change is said once, by whichever sees it first, so
 * both have to lead to the same readers.
 */
export function createDockerEngine(options: DockerOptions): Engine {
  return new DockerEngine(options);
}

class DockerEngine implements Engine {
  readonly description: EngineDescription;
  readonly #options: DockerOptions;
  readonly #api: EngineApi;
  readonly #usage: UsageSampler;
  readonly #scopes = new Map<string, EngineScope>();

  constructor(options: DockerOptions) {
    this.#options = options;
    this.#api = new EngineApi(options.host.host);
    this.#usage = new UsageSampler(this.#api, options.clock);
    this.description = describe(options.host);
  }

  observe(environment: Environment, signal: AbortSignal): Promise<Observed> {
    return speak("look at the project", observe(this.#scope(environment), environment, signal));
  }

  /** Any image may be there once it is pulled or built: there is nothing to say before. */
  async check(): Promise<void> {}

  async apply(step: Step, context: ApplyContext): Promise<void> {
    const scope = this.#scope(context.environment);
    switch (step.kind) {
      case "prepare":
        return speak("prepare the services", prepare(scope, step, context));
      case "start":
        return speak(`start ${step.service}`, start(scope, step, context));
      case "ready":
        return speak(`watch ${step.service}`, awaitReady(scope, step, context));
      case "replace":
      case "retire":
        throw new Error("two containers cannot have one name: canReplace says so");
      case "stop":
        return speak(`stop ${step.service}`, stop(scope, step, context));
      case "remove":
        return speak(`remove ${step.service}`, removeContainer(scope, step, context));
      case "remove-network":
        return speak(`remove the network ${step.name}`, removeNetwork(scope, step, context.signal));
      case "remove-volume":
        return speak(
          `remove the volume ${step.name}`,
          removeVolume(scope, step, context.environment.project, context.signal),
        );
    }
  }

  /** A container's name and addresses are its own: another one cannot have them beside it. */
  async canReplace(): Promise<boolean> {
    return false;
  }

  watch(environment: Environment, emit: Emit, signal: AbortSignal): Promise<void> {
    return speak("tell what happens", watch(this.#scope(environment), environment, emit, signal));
  }

  usage(environment: Environment, signal: AbortSignal): Promise<readonly InstanceUsage[]> {
    return speak("measure the containers", this.#usage.sample(environment.project, signal));
  }

  exec(request: ExecRequest, environment: Environment, signal: AbortSignal): Promise<ExecCommand> {
    return speak(`reach ${request.service}`, execCommand(this.#scope(environment), request, environment, signal));
  }

  sync(service: string, files: readonly SyncedFile[], context: ApplyContext): Promise<void> {
    return speak(`bring files into ${service}`, syncFiles(this.#scope(context.environment), service, files, context));
  }

  executables(
    service: string,
    number: number,
    environment: Environment,
    signal: AbortSignal,
  ): Promise<readonly string[] | undefined> {
    return speak(`look at ${service}`, executables(this.#scope(environment), service, number, environment, signal));
  }

  explain(service: string, number: number, environment: Environment, signal: AbortSignal): Promise<Explanation> {
    return speak(`look at ${service}`, explain(this.#scope(environment), service, number, environment, signal));
  }

  hostAddresses(signal: AbortSignal): Promise<readonly string[]> {
    return speak("look at the default bridge", this.#api.bridgeGateways(signal));
  }

  findLeftovers(environment: Environment, signal: AbortSignal): Promise<readonly Leftover[]> {
    return speak("look for leftovers", findLeftovers(this.#scope(environment), environment, signal));
  }

  removeLeftover(leftover: Leftover, signal: AbortSignal): Promise<void> {
    return speak(`remove ${leftover.label}`, removeLeftover(this.#api, leftover, signal));
  }

  async close(): Promise<void> {
    for (const { feed, followers } of this.#scopes.values()) {
      feed.close();
      followers.close();
    }
    this.#scopes.clear();
    this.#api.close();
  }

  #scope({ project }: Environment): EngineScope {
    const known = this.#scopes.get(project);
    if (known) return known;
    const { clock, state, host, logCursors = createMemoryCursors() } = this.#options;
    const scope: EngineScope = {
      options: this.#options,
      api: this.#api,
      feed: new EventFeed(this.#api, project, clock),
      tracker: new InstanceTracker(host, state, clock),
      followers: new LogFollowers(this.#api, logCursors, clock),
      preparing: new Turnstile(),
    };
    this.#scopes.set(project, scope);
    return scope;
  }
}

function describe({ product, version, host, context, source }: FoundDocker): EngineDescription {
  const where = context === undefined ? host.url : `${host.url} (context ${context})`;
  return { kind: "docker", name: `${product} ${version} at ${where}`, because: `${source} answers` };
}

/** The engine's own refusals become sentences for people; all other errors pass. */
async function speak<T>(act: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EngineFailure) throw engineFailed(act, error.message, error);
    throw error;
  }
}
