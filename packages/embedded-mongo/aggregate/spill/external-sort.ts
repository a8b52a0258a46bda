import { Document, type Value } from "../../values/document.ts";
import { Memory, type MemoryRules } from "./memory.ts";
import { sizeOf } from "./size-of.ts";
import { TempFile } from "./temp-file.ts";

/** A document with what it sorts by. */
export interface Keyed<Key> {
  readonly key: Key;
  readonly document: Document;
}

/** What an external sort has to know of its keys. */
export interface KeyOrder<Key> {
  compare(left: Key, right: Key): number;
  /** A key as a value, to be written beside the document. */
  save(key: Key): Value;
  load(value: Value): Key;
}

/**
 * Sorts more than fits in memory: sorted runs go to temporary files and are merged. Stable. `close` removes the files; call it in any case.
 */
export class ExternalSort<Key> {
  readonly #order: KeyOrder<Key>;
  readonly #context: MemoryRules;
  readonly #memory: Memory;
  #held: Keyed<Key>[] = [];
  readonly #runs: TempFile[] = [];

  constructor(order: KeyOrder<Key>, context: MemoryRules, stage: string) {
    this.#order = order;
    this.#context = context;
    this.#memory = new Memory(context, stage);
  }

  /** @throws MongoError QueryExceededMemoryLimitNoDiskUseAllowed */
  add(key: Key, document: Document): void {
    this.#held.push({ key, document });
    if (this.#memory.isFullWith(sizeOf(document))) this.#spill();
  }

  #sorted(): readonly Keyed<Key>[] {
    return this.#held.sort((left, right) => this.#order.compare(left.key, right.key));
  }

  #spill(): void {
    const run = new TempFile(this.#context.temporaryDirectory);
    this.#runs.push(run);
    for (const { key, document } of this.#sorted()) {
      run.write(
        Document.from([
          ["k", this.#order.save(key)],
          ["d", document],
        ]),
      );
    }
    this.#held = [];
    this.#memory.release();
  }

  /** All documents in order; lazy. */
  *sorted(): Generator<Document> {
    for (const { document } of this.entries()) yield document;
  }

  /** The same with their keys. */
  *entries(): Generator<Keyed<Key>> {
    const runs = this.#runs.map((run) => this.#load(run));
    yield* merge([...runs, this.#sorted()[Symbol.iterator]()], this.#order);
  }

  *#load(run: TempFile): Generator<Keyed<Key>> {
    for (const saved of run.read()) {
      const document = saved.get("d");
      if (document instanceof Document) yield { key: this.#order.load(saved.get("k") ?? null), document };
    }
  }

  close(): void {
    for (const run of this.#runs) run.close();
    this.#held = [];
  }
}

/** Takes the least of all heads; of equal ones the earliest run's, so that the sort is stable. Few runs: they are compared one by one. */
function* merge<Key>(runs: readonly Iterator<Keyed<Key>>[], order: KeyOrder<Key>): Generator<Keyed<Key>> {
  const heads = runs.map((run) => ({ run, next: run.next() })).filter(({ next }) => !next.done);
  while (heads.length > 0) {
    let [least] = heads;
    for (const head of heads) if (least && order.compare(head.next.value.key, least.next.value.key) < 0) least = head;
    if (!least) return;
    yield least.next.value;
    least.next = least.run.next();
    if (least.next.done) heads.splice(heads.indexOf(least), 1);
  }
}
