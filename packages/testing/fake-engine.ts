import {
  type ApplyContext,
  DevError,
  type Emit,
  type Engine,
  type EngineDescription,
  type Environment,
  type ExecCommand,
  type Explanation,
  type Instance,
  type InstanceUsage,
  type Leftover,
  type Observed,
  type ReplaceStep,
  type Step,
  type SyncedFile,
  serviceFingerprint,
  stepLabel,
} from "@drydock/core";

/** An engine in memory: it has the state of a real one and starts nothing. Services named in `failing` never become ready. */
export class FakeEngine implements Engine {
  readonly description: EngineDescription = { kind: "local", name: "fake engine", because: "a test" };
  /** Labels of the steps that were applied, in order. */
  readonly applied: string[] = [];
  readonly failing = new Set<string>();
  /** Services whose processes another can stand beside. */
  readonly replaceable = new Set<string>();
  /** Those of them that listen where they want. */
  readonly stubborn = new Set<string>();
  leftovers: readonly Leftover[] = [];
  /** What `check` throws. */
  refusal: Error | undefined;
  isClosed = false;
  /** What is said to run every service. */
  provider = "fake";
  readonly #instances = new Map<string, Instance>();
  #networks: readonly string[] = [];
  #emit: Emit = () => undefined;

  async observe(): Promise<Observed> {
    return { instances: [...this.#instances.values()], networks: this.#networks, volumes: [] };
  }

  async check(): Promise<void> {
    if (this.refusal) throw this.refusal;
  }

  async apply(step: Step, { environment, signal }: ApplyContext): Promise<void> {
    signal.throwIfAborted();
    this.applied.push(stepLabel(step));
    await new Promise((resolve) => setImmediate(resolve));
    switch (step.kind) {
      case "prepare":
        for (const name of step.services) this.#prepare(environment, name);
        this.#networks = environment.networks.map((network) => network.engineName);
        break;
      case "start":
        this.#change(step.service, step.number, {
          state: "starting",
          reason: "just started",
          startedAt: Date.now(),
        });
        break;
      case "ready":
        if (this.failing.has(step.service)) throw this.#fail(step.service);
        for (const each of this.#instances.values())
          if (each.service === step.service)
            this.#change(each.service, each.number, { state: step.goal, reason: "it answers" });
        break;
      case "replace":
        this.#replace(step);
        break;
      case "retire":
        break;
      case "stop":
        this.#change(step.service, step.number, { state: "stopped", reason: "stopped" });
        break;
      case "remove":
        this.#instances.delete(`${step.service}.${step.number}`);
        this.#emit({ kind: "gone", at: 0, service: step.service, number: step.number });
        break;
      case "remove-network":
        this.#networks = this.#networks.filter((name) => name !== step.name);
        break;
      case "remove-volume":
        break;
    }
  }

  async canReplace(service: string): Promise<boolean> {
    return this.replaceable.has(service);
  }

  async watch(_environment: Environment, emit: Emit): Promise<void> {
    this.#emit = emit;
  }

  /** Lets a service write a line. */
  log(service: string, text: string, at = 0): void {
    this.#emit({ kind: "log", at, service, number: 1, stream: "stdout", text });
  }

  /** Lets an instance end by itself. */
  crash(service: string): void {
    this.#change(service, 1, { state: "failed", reason: "exit 1", exitCode: 1 });
  }

  async usage(): Promise<readonly InstanceUsage[]> {
    return [...this.#instances.values()].map(({ service, number }) => ({
      service,
      number,
      cpu: 0.5,
      memoryBytes: 1_000,
    }));
  }

  async exec({
    service,
    command,
  }: {
    readonly service: string;
    readonly command: readonly string[];
  }): Promise<ExecCommand> {
    if (!this.#instances.has(`${service}.1`)) throw new DevError("NOT_RUNNING", `${service} does not run.`);
    return { command, directory: "/", environment: {} };
  }

  async sync(service: string, files: readonly SyncedFile[]): Promise<void> {
    for (const { target, isRemoved } of files)
      this.applied.push(`${isRemoved ? "remove" : "sync"} ${service}:${target}`);
  }

  async executables(): Promise<undefined> {
    return undefined;
  }

  async explain(service: string): Promise<Explanation> {
    return { facts: [`${service} is a fake`], lastLines: [] };
  }

  async hostAddresses(): Promise<readonly string[]> {
    return [];
  }

  async findLeftovers(): Promise<readonly Leftover[]> {
    return this.leftovers;
  }

  async removeLeftover(leftover: Leftover): Promise<void> {
    this.leftovers = this.leftovers.filter((each) => each.id !== leftover.id);
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  #prepare(environment: Environment, name: string): void {
    const service = environment.services.find((each) => each.name === name);
    if (!service) return;
    for (let number = 1; number <= service.replicas; number++) {
      this.#instances.set(`${name}.${number}`, {
        service: name,
        number,
        id: `${name}-${number}`,
        state: "stopped",
        reason: "created",
        addresses: service.ports.map((port) => ({
          target: port.target,
          host: "127.0.0.1",
          port: Number(port.published ?? port.target),
          isPublished: true,
        })),
        provider: this.provider,
        restarts: 0,
        fingerprint: serviceFingerprint(service),
      });
    }
  }

  #replace({ service, number }: ReplaceStep): void {
    const before = this.#instances.get(`${service}.${number}`)?.id ?? "";
    if (this.failing.has(service)) throw notReady(service);
    if (this.stubborn.has(service)) throw new DevError("CANNOT_OVERLAP", `${service} listens where it wants.`);
    this.#change(service, number, { id: `${before}+`, reason: "it answers" });
  }

  #fail(service: string): DevError {
    this.#change(service, 1, { state: "failed", reason: "exit 1" });
    return notReady(service);
  }

  #change(service: string, number: number, change: Partial<Instance>): void {
    const known = this.#instances.get(`${service}.${number}`);
    if (!known) return;
    const instance = { ...known, ...change };
    this.#instances.set(`${service}.${number}`, instance);
    this.#emit({ kind: "instance", at: 0, instance });
  }
}

function notReady(service: string): DevError {
  return new DevError("NOT_READY", `${service} did not become ready: it exited with code 1.`, { evidence: ["boom"] });
}
