import { encodeKeyPart } from "./key-encoding.ts";
import type { KeyRange } from "./store.ts";

/**
 * The ranges of a text index that hold the documents with one of these terms. `prefix` is the key parts of the plain fields before the
 * texts, which a search gives a value for each. Documents come once for each term.
 */
export function textRanges(terms: readonly string[], prefix: Buffer): readonly KeyRange[] {
  return terms.map((term) => {
    const key = Buffer.concat([prefix, encodeKeyPart(term, 1)]);
    return { from: key, isFromIncluded: true, to: key, isToIncluded: true };
  });
}
