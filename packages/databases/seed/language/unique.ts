import { shuffled } from "../generate/permutation.ts";
import { theMoment } from "./moment.ts";

/**
 * Makes a text unlike that of every other document of the collection, by the document's index: before the @ of an address, else at the
 * end. Nothing is remembered, so that any number of workers agree.
 * @example email: unique(faker.internet.email())
 */
export function unique(text: string): string {
  const mark = `.${theMoment("unique").index.toString(36)}`;
  const at = text.lastIndexOf("@");
  return at < 0 ? `${text}${mark}` : `${text.slice(0, at)}${mark}${text.slice(at)}`;
}

/**
 * A whole number that no other document of the collection has, in no order: from `min`, in a range as large as the collection, or the one
 * that is given. A document asks for as many as it needs; each `name` has an order of its own.
 * @example number: uniqueNumber({ min: 100_000 })
 */
export function uniqueNumber({ min = 0, max, name = "" }: UniqueRange = {}): number {
  const { index, count, key } = theMoment("uniqueNumber");
  const size = max === undefined ? count : max - min + 1;
  if (size < count)
    throw new RangeError(`uniqueNumber has ${size} numbers from ${min} to ${max} for ${count} documents`);
  let nameKey = key;
  for (const letter of name) nameKey = Math.imul(nameKey ^ letter.charCodeAt(0), 0x01000193);
  return min + shuffled(nameKey, index, size);
}

/** Where unique numbers lie. */
export interface UniqueRange {
  readonly min?: number;
  readonly max?: number;
  readonly name?: string;
}
