import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import type { IndexInfo } from "./store.ts";
import { wordsOf } from "./text-words.ts";

/** The terms of a document in a text index, without repetitions. */
export function textTerms(info: IndexInfo): (document: Document) => readonly string[] {
  return (document) => [...textScores(document, info).keys()];
}

/**
 * What each term of a document counts in a text index: `textScore` of a query is the sum over its terms (as MongoDB's text index version 3
 * scores: a repetition counts half of the one before, short fields and whole-field matches count more, times the field's weight).
 */
export function textScores(document: Document, info: IndexInfo): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  const override = info.specification.get("language_override");
  const named = document.get(typeof override === "string" ? override : "language");
  const language = typeof named === "string" ? named : defaultLanguage(info);
  for (const [path, weight] of weightsOf(info)) {
    for (const text of textsAt(document, path === "$**" ? undefined : path.split("."))) {
      addScores(text, language, weight, scores);
    }
  }
  return scores;
}

/** The language of an index's texts and of searches in it. */
export function defaultLanguage({ specification }: IndexInfo): string {
  const language = specification.get("default_language");
  return typeof language === "string" ? language : "english";
}

/** The indexed paths with their weights; 1 where none is given. */
export function weightsOf({ key, specification }: IndexInfo): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const [path, kind] of key) if (kind === "text" && path !== "_fts") weights.set(path, 1);
  const given = specification.get("weights");
  if (!(given instanceof Document)) return weights;
  for (const [path, weight] of given.fields()) weights.set(path, isNumber(weight) ? toDouble(weight) : 1);
  return weights;
}

function addScores(text: string, language: string, weight: number, scores: Map<string, number>): void {
  const words = wordsOf(text, language);
  const seen = new Map<string, { count: number; frequency: number }>();
  for (const word of words) {
    const { count, frequency } = seen.get(word) ?? { count: 0, frequency: 0 };
    seen.set(word, { count: count + 1, frequency: frequency + 1 / 2 ** count });
  }
  for (const [word, { count, frequency }] of seen) {
    const share = (0.5 * count) / words.length + 0.5;
    const whole = text.toLowerCase() === word ? 1.1 : 1;
    scores.set(word, (scores.get(word) ?? 0) + weight * frequency * share * whole);
  }
}

/** All strings at a path, or all of the document. */
function textsAt(value: Value | undefined, path: readonly string[] | undefined): readonly string[] {
  if (isArray(value)) return value.flatMap((item) => textsAt(item, path));
  if (value instanceof Document) {
    const [name, ...rest] = path ?? [];
    if (path && name === undefined) return [];
    if (name !== undefined) return textsAt(value.get(name), rest);
    return [...value.fields().values()].flatMap((each) => textsAt(each, undefined));
  }
  return typeof value === "string" && (path === undefined || path.length === 0) ? [value] : [];
}
