import type { Clock, InstanceUsage } from "@drydock/core";
import type { EngineApi } from "./engine-api.ts";
import { numberLabel, projectLabel, serviceLabel } from "./labels.ts";
import { chooseInstances } from "./project-containers.ts";

// How far apart two samples are taken where there is no earlier one to compare with.
const firstGapMs = 200;

interface Sample {
  /** CPU time used since the container was started, in nanoseconds. */
  readonly cpuNs: number;
  readonly atMs: number;
  readonly memoryBytes: number;
}

/** Measures containers. CPU is a difference of two samples; the earlier one is kept from the last call, so none has to be waited for. */
export class UsageSampler {
  readonly #api: EngineApi;
  readonly #clock: Clock;
  #last: ReadonlyMap<string, Sample> = new Map();

  constructor(api: EngineApi, clock: Clock) {
    this.#api = api;
    this.#clock = clock;
  }

  /** What the running instances of a project use. A container that goes away meanwhile is left out. */
  async sample(project: string, signal: AbortSignal): Promise<readonly InstanceUsage[]> {
    const { instances } = chooseInstances(await this.#api.listContainers([`${projectLabel}=${project}`], signal));
    const running = instances.filter(({ status }) => status === "running");
    if (running.some(({ id }) => !this.#last.has(id))) {
      this.#last = new Map([...(await this.#readAll(running, signal)), ...this.#last]);
      await this.#clock.sleep(firstGapMs, signal);
    }
    const before = this.#last;
    const now = await this.#readAll(running, signal);
    this.#last = now;
    return running.flatMap(({ id, labels }) => {
      const [one, two] = [before.get(id), now.get(id)];
      if (!one || !two || two.atMs <= one.atMs) return [];
      const cpu = Math.max(0, two.cpuNs - one.cpuNs) / 1e6 / (two.atMs - one.atMs);
      return [
        { service: labels[serviceLabel] ?? "", number: Number(labels[numberLabel]), cpu, memoryBytes: two.memoryBytes },
      ];
    });
  }

  async #readAll(
    running: readonly { readonly id: string }[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Sample>> {
    const samples = running.map(async ({ id }) => [id, readSample(await this.#api.stats(id, signal))] as const);
    return new Map((await Promise.all(samples)).flatMap(([id, sample]) => (sample ? [[id, sample] as const] : [])));
  }
}

/**
 * Reads `GET /containers/ID/stats`. Memory is what the docker CLI shows: usage without the page cache that can be
 * dropped, which is `total_inactive_file` in cgroup v1 and `inactive_file` in v2.
 */
export function readSample(answer: unknown): Sample | undefined {
  const { read, cpu_stats, memory_stats } = (answer ?? {}) as {
    read?: string;
    cpu_stats?: { cpu_usage?: { total_usage?: number } };
    memory_stats?: { usage?: number; stats?: Readonly<Record<string, number>> };
  };
  const cpuNs = cpu_stats?.cpu_usage?.total_usage;
  const usage = memory_stats?.usage;
  const atMs = Date.parse(read ?? "");
  // A container that ended in between answers with zeros.
  if (cpuNs === undefined || usage === undefined || Number.isNaN(atMs)) return undefined;
  const cache = memory_stats?.stats?.total_inactive_file ?? memory_stats?.stats?.inactive_file ?? 0;
  return { cpuNs, atMs, memoryBytes: cache < usage ? usage - cache : usage };
}
