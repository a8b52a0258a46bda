/** The differences of one collection (`shop.orders`) or one Redis database (`database 0`). */
export interface GroupDifference {
  readonly name: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** A few of each kind. */
  readonly samples: readonly DifferenceSample[];
  readonly addedIndexes: readonly string[];
  readonly removedIndexes: readonly string[];
}

/** One document or key; values as text, cut short. */
export interface DifferenceSample {
  readonly kind: "added" | "removed" | "changed";
  readonly key: string;
  readonly before?: string;
  readonly after?: string;
}

const samplesOfAKind = 3;
const longestText = 120;

/** Counts the differences of a group, and keeps the first few. */
export class DifferenceCount {
  readonly #name: string;
  readonly #counts = { added: 0, removed: 0, changed: 0 };
  readonly #samples: DifferenceSample[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  /** `describe` is called only when the sample is kept. */
  async add(kind: DifferenceSample["kind"], describe: () => Sample | Promise<Sample>): Promise<void> {
    this.#counts[kind]++;
    if (this.#counts[kind] > samplesOfAKind) return;
    const { key, before, after } = await describe();
    this.#samples.push({
      kind,
      key: short(key),
      ...(before === undefined ? {} : { before: short(before) }),
      ...(after === undefined ? {} : { after: short(after) }),
    });
  }

  /** Undefined where nothing is different. */
  result(indexes: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
  }): GroupDifference | undefined {
    const { added, removed, changed } = this.#counts;
    if (added + removed + changed + indexes.added.length + indexes.removed.length === 0) return undefined;
    const lists = { addedIndexes: indexes.added, removedIndexes: indexes.removed };
    return { name: this.#name, ...this.#counts, samples: this.#samples, ...lists };
  }
}

/** What a sample says before it is cut short. */
export interface Sample {
  readonly key: string;
  readonly before?: string;
  readonly after?: string;
}

const short = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text);
