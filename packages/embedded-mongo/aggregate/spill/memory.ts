import { MongoError } from "../../errors/mongo-error.ts";
import type { PipelineContext } from "../pipeline-context.ts";

// Manual, "Aggregation Pipeline Limits", Memory Restrictions.
const defaultLimitBytes = 100 * 1024 * 1024;

/** What decides when memory is full and where the rest goes. */
export type MemoryRules = Pick<PipelineContext, "allowDiskUse" | "memoryLimitBytes" | "temporaryDirectory">;

/** Counts what one stage holds. */
export class Memory {
  readonly #context: MemoryRules;
  readonly #stage: string;
  #used = 0;

  constructor(context: MemoryRules, stage: string) {
    this.#context = context;
    this.#stage = stage;
  }

  /** Counts bytes. Whether it is time to spill. @throws MongoError QueryExceededMemoryLimitNoDiskUseAllowed when that is not allowed */
  isFullWith(bytes: number): boolean {
    this.#used += bytes;
    if (this.#used <= this.limit) return false;
    if (this.#context.allowDiskUse) return true;
    throw new MongoError(
      "QueryExceededMemoryLimitNoDiskUseAllowed",
      `Exceeded memory limit for ${this.#stage}, but didn't allow external sort. Pass allowDiskUse:true to opt in.`,
    );
  }

  /** The same for stages that have to hold everything. @throws MongoError ExceededMemoryLimit */
  hold(bytes: number): void {
    this.#used += bytes;
    if (this.#used <= this.limit) return;
    throw new MongoError("ExceededMemoryLimit", `${this.#stage} exceeded the memory limit of ${this.limit} bytes`);
  }

  get limit(): number {
    return this.#context.memoryLimitBytes ?? defaultLimitBytes;
  }

  release(): void {
    this.#used = 0;
  }
}
