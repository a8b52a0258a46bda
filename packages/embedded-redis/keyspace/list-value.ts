import { ValueBase } from "./value-base.ts";

/** The limit of the small encoding: `list-max-listpack-size`. */
export const listLimits = { listpackSize: -2 };

/** A list: both ends and every index in constant time, in a ring that doubles. */
export class ListValue extends ValueBase {
  readonly kind = "list";
  #ring: string[] = new Array(8).fill("");
  #head = 0;
  #length = 0;
  /** The bytes of all elements together, for the limit of one listpack. */
  #bytes = 0;

  /** A list of these elements, from head to tail. */
  static of(elements: Iterable<string>): ListValue {
    const list = new ListValue();
    for (const element of elements) list.pushTail(element);
    return list;
  }

  get length(): number {
    return this.#length;
  }

  get byteLength(): number {
    return this.#bytes;
  }

  pushHead(element: string): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#head = (this.#head - 1) & (this.#ring.length - 1);
    this.#ring[this.#head] = element;
    this.#length++;
    this.#bytes += element.length;
  }

  pushTail(element: string): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#ring[(this.#head + this.#length) & (this.#ring.length - 1)] = element;
    this.#length++;
    this.#bytes += element.length;
  }

  popHead(): string | undefined {
    if (this.#length === 0) return undefined;
    const element = this.#ring[this.#head] ?? "";
    this.#ring[this.#head] = "";
    this.#head = (this.#head + 1) & (this.#ring.length - 1);
    this.#length--;
    this.#bytes -= element.length;
    return element;
  }

  popTail(): string | undefined {
    if (this.#length === 0) return undefined;
    this.#length--;
    const at = (this.#head + this.#length) & (this.#ring.length - 1);
    const element = this.#ring[at] ?? "";
    this.#ring[at] = "";
    this.#bytes -= element.length;
    return element;
  }

  /** The element at `index`, counted from the head; undefined beyond the end. */
  at(index: number): string | undefined {
    if (index < 0 || index >= this.#length) return undefined;
    return this.#ring[(this.#head + index) & (this.#ring.length - 1)];
  }

  /** Replaces the element at an index that exists. */
  setAt(index: number, element: string): void {
    const at = (this.#head + index) & (this.#ring.length - 1);
    this.#bytes += element.length - (this.#ring[at]?.length ?? 0);
    this.#ring[at] = element;
  }

  /** The elements from `start` to `end` (exclusive). */
  slice(start: number, end: number): string[] {
    const elements: string[] = [];
    for (let index = start; index < end && index < this.#length; index++) elements.push(this.at(index) ?? "");
    return elements;
  }

  /** All elements from head to tail; the list must not change meanwhile. */
  *[Symbol.iterator](): IterableIterator<string> {
    for (let index = 0; index < this.#length; index++) yield this.at(index) ?? "";
  }

  /** Takes these elements in place of all that there are. */
  replaceAll(elements: readonly string[]): void {
    let capacity = 8;
    while (capacity < elements.length) capacity *= 2;
    this.#ring = new Array<string>(capacity).fill("");
    this.#head = 0;
    this.#length = elements.length;
    this.#bytes = 0;
    for (let index = 0; index < elements.length; index++) {
      const element = elements[index] ?? "";
      this.#ring[index] = element;
      this.#bytes += element.length;
    }
  }

  #grow(): void {
    const elements = this.slice(0, this.#length);
    const capacity = this.#ring.length * 2;
    for (let index = elements.length; index < capacity; index++) elements.push("");
    this.#ring = elements;
    this.#head = 0;
  }
}
