import type { SeedOrder } from "../seed-order.ts";
import type { SeedMark } from "./plan-seed.ts";

// No collection can have this name (MongoDB manual, Restrictions on Collection Names).
const name = "$all";

/** Where marks are kept. */
interface Marks {
  read(name: string): Promise<SeedMark | undefined>;
  note(mark: SeedMark): Promise<void>;
}

/** Says of a dataset as a whole that it is being made: a run may end between two of its parts, and in its last step. */
export class WholeMark {
  readonly #marks: Marks | undefined;
  readonly #order: SeedOrder;
  readonly #fingerprint: string;
  /** As the last run left it. */
  readonly before: SeedMark | undefined;

  private constructor(marks: Marks | undefined, order: SeedOrder, fingerprint: string, before: SeedMark | undefined) {
    this.#marks = marks;
    this.#order = order;
    this.#fingerprint = fingerprint;
    this.before = before;
  }

  /** @throws the driver's error */
  static async read(marks: Marks | undefined, order: SeedOrder, fingerprint: string): Promise<WholeMark> {
    return new WholeMark(marks, order, fingerprint, await marks?.read(name));
  }

  /** The last run was of the same, and did not come to its end. */
  get isCut(): boolean {
    return this.before?.state === "running" && this.before.fingerprint === this.#fingerprint;
  }

  /** A run of a part alone says nothing of the whole. */
  async note(dataset: string, now: number, state: SeedMark["state"]): Promise<void> {
    const { only, seed } = this.#order;
    if (only.length > 0) return;
    const fingerprint = this.#fingerprint;
    await this.#marks?.note({ name, dataset, seed, now, count: 0, fingerprint, state, done: 0, isOurs: true });
  }
}
