import type { Ref } from "./id.ts";
import type { Moment } from "./moment.ts";

/** What a document is made from, besides the words of the module. Everything random comes from here, `faker` or `ref`: never Math.random. */
export interface DocumentContext {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** The dataset's present: an argument, so that the same dataset gives the same dates. */
  readonly now: Date;
  /** With `perEach`: the id of the document that this one belongs to. */
  readonly parent: Ref<string>;
  /** With `perEach`: the index of the document that this one belongs to. */
  readonly parentIndex: number;
  /** With `perEach`: which one of its parent's it is, from 0. */
  readonly sibling: number;
  /** At least 0 and below 1. */
  random(): number;
  /** A whole number, both ends among them. */
  int(min: number, max: number): number;
  /** True so often: `chance(0.2)` is one in five. */
  chance(share: number): boolean;
  /** One of them, each as often as another. */
  pick<const Value>(values: readonly Value[]): Value;
  /** One of the names, by weight. @example weighted({ card: 7, invoice: 2, cash: 1 }) */
  weighted<const Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  /** So many values. */
  many<Value>(amount: number, make: (index: number) => Value): Value[];
}

/** Which parent a document has; asked only by those that have one. */
export interface Parentage {
  readonly id: Ref<string>;
  readonly parent: number;
  readonly sibling: number;
}

/** The context of one document after another: the same object, moved on. */
export class MovingContext implements DocumentContext {
  #moment: Moment;
  #parentage: () => Parentage;

  constructor(moment: Moment, parentage: () => Parentage) {
    this.#moment = moment;
    this.#parentage = parentage;
  }

  get index(): number {
    return this.#moment.index;
  }
  get count(): number {
    return this.#moment.count;
  }
  get now(): Date {
    return new Date(this.#moment.now);
  }
  get parent(): Ref<string> {
    return this.#parentage().id;
  }
  get parentIndex(): number {
    return this.#parentage().parent;
  }
  get sibling(): number {
    return this.#parentage().sibling;
  }
  // Fields, not methods: they are taken out of the context by destructuring.
  readonly random = (): number => this.#moment.random.next();
  readonly int = (min: number, max: number): number => this.#moment.random.int(min, max);
  readonly chance = (share: number): boolean => this.#moment.random.next() < share;
  readonly pick = <const Value>(values: readonly Value[]): Value => {
    const index = this.#moment.random.int(0, values.length - 1);
    for (const value of values.slice(index, index + 1)) return value;
    throw new RangeError("pick has nothing to choose from");
  };
  readonly weighted = <const Name extends string>(weights: Readonly<Record<Name, number>>): Name => {
    const names: Name[] = [];
    let total = 0;
    for (const name in weights) {
      names.push(name);
      total += weights[name];
    }
    let left = this.#moment.random.next() * total;
    for (const name of names) {
      left -= weights[name];
      if (left < 0) return name;
    }
    throw new RangeError("weighted has nothing to choose from: give it weights above 0");
  };
  readonly many = <Value>(amount: number, make: (index: number) => Value): Value[] =>
    Array.from({ length: amount }, (_, index) => make(index));
}
