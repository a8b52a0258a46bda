/** A search string of `$text` in its parts (manual, "$text", Behavior). */
export interface TextSearch {
  /** Words of which one must occur, those of the phrases among them. */
  readonly terms: readonly string[];
  /** Words that must not occur. */
  readonly negatedTerms: readonly string[];
  /** Texts in quotes that must all occur. */
  readonly phrases: readonly string[];
  readonly negatedPhrases: readonly string[];
}

/** Splits `coffee -shop "dark roast"`. A hyphen negates at the beginning of a word only: `pre-market` is two words. */
export function parseTextSearch(search: string): TextSearch {
  const parts = { terms: [], negatedTerms: [], phrases: [], negatedPhrases: [] } as Record<keyof TextSearch, string[]>;
  for (const [, minus, phrase, word] of search.matchAll(/((?<=^|[\s"])-)?(?:"([^"]*)"|([^\s"]+))/g)) {
    const isNegated = minus !== undefined;
    const words = (phrase ?? word ?? "").match(/[\p{L}\p{M}\p{N}_']+/gu) ?? [];
    if (phrase !== undefined && words.length > 0) parts[isNegated ? "negatedPhrases" : "phrases"].push(phrase);
    if (phrase === undefined || !isNegated) parts[isNegated ? "negatedTerms" : "terms"].push(...words);
  }
  return parts;
}
