import type { Document } from "../values/document.ts";
import { type IndexedText, indexedTexts } from "./indexed-texts.ts";
import type { IndexInfo } from "./store.ts";
import { termsOf } from "./text-words.ts";

/** The terms of a document in a text index, without repetitions. @throws MongoError 17261, 17262 as indexedTexts does */
export function textTerms(info: IndexInfo): (document: Document) => readonly string[] {
  return (document) => [...textScores(indexedTexts(document, info)).keys()];
}

/**
 * What each term of a document counts in a text index: `textScore` of a query is the sum over its terms (as MongoDB's text index version 3
 * scores: a repetition counts half of the one before, short fields and whole-field matches count more, times the field's weight).
 */
export function textScores(texts: readonly IndexedText[]): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  for (const each of texts) addScores(each, scores);
  return scores;
}

function addScores({ text, language, weight }: IndexedText, scores: Map<string, number>): void {
  const terms = termsOf(text, language);
  const seen = new Map<string, { count: number; frequency: number }>();
  for (const term of terms) {
    const { count, frequency } = seen.get(term) ?? { count: 0, frequency: 0 };
    seen.set(term, { count: count + 1, frequency: frequency + 1 / 2 ** count });
  }
  for (const [term, { count, frequency }] of seen) {
    const share = (0.5 * count) / terms.length + 0.5;
    const whole = text.toLowerCase() === term ? 1.1 : 1;
    scores.set(term, (scores.get(term) ?? 0) + weight * frequency * share * whole);
  }
}
