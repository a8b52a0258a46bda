import { encodeKeyPart } from "./key-encoding.ts";
import type { IndexInfo, KeyRange } from "./store.ts";
import { defaultLanguage } from "./text-rows.ts";
import { wordsOf } from "./text-words.ts";

/**
 * The ranges of a text index that hold the documents with one of these words. `prefix` is the key parts of the plain fields before the texts,
 * which a search gives a value for each. Documents come once for each word.
 */
export function textRanges(
  info: IndexInfo,
  words: readonly string[],
  prefix: Buffer,
  language?: string,
): readonly KeyRange[] {
  const terms = new Set(words.flatMap((word) => wordsOf(word, language ?? defaultLanguage(info))));
  return [...terms].map((term) => {
    const key = Buffer.concat([prefix, encodeKeyPart(term, 1)]);
    return { from: key, isFromIncluded: true, to: key, isToIncluded: true };
  });
}
