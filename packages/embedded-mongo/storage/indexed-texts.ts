import { MongoError } from "../errors/mongo-error.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import type { IndexInfo } from "./store.ts";
import { isTextLanguage } from "./text-language.ts";
import { unsupportedLanguage } from "./text-words.ts";

/** A string that a text index is made of. */
export interface IndexedText {
  readonly text: string;
  readonly language: string;
  readonly weight: number;
}

/**
 * The strings of a document in a text index. Each document on the way to them may name the language of what is in it (manual, "Specify the
 * Default Language for a Text Index").
 * @throws MongoError 17261, 17262 when a document names a language that is none
 */
export function indexedTexts(document: Document, info: IndexInfo): readonly IndexedText[] {
  const override = info.specification.get("language_override");
  const field = typeof override === "string" ? override : "language";
  const texts: IndexedText[] = [];
  for (const [path, weight] of weightsOf(info)) {
    const steps = path === "$**" ? undefined : path.split(".");
    collect(document, steps, { field, language: defaultLanguage(info), weight }, texts);
  }
  return texts;
}

/** The language of an index's texts and of searches in it. */
export function defaultLanguage({ specification }: IndexInfo): string {
  const language = specification.get("default_language");
  return typeof language === "string" ? language : "english";
}

/** The indexed paths with their weights; 1 where none is given. */
function weightsOf({ key, specification }: IndexInfo): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const [path, kind] of key) if (kind === "text" && path !== "_fts") weights.set(path, 1);
  const given = specification.get("weights");
  if (!(given instanceof Document)) return weights;
  for (const [path, weight] of given.fields()) weights.set(path, isNumber(weight) ? toDouble(weight) : 1);
  return weights;
}

interface Place {
  readonly field: string;
  readonly language: string;
  readonly weight: number;
}

/** All strings at a path, or all of the value. */
function collect(value: Value | undefined, path: readonly string[] | undefined, place: Place, to: IndexedText[]): void {
  if (isArray(value)) {
    for (const item of value) collect(item, path, place, to);
  } else if (value instanceof Document) {
    const [name, ...rest] = path ?? [];
    if (path && name === undefined) return;
    const inside = { ...place, language: languageOf(value, place) };
    if (name !== undefined) collect(value.get(name), rest, inside, to);
    else for (const each of value.fields().values()) collect(each, undefined, inside, to);
  } else if (typeof value === "string" && !path?.length) {
    to.push({ text: value, language: place.language, weight: place.weight });
  }
}

function languageOf(document: Document, { field, language }: Place): string {
  const named = document.get(field);
  if (named === undefined) return language;
  if (typeof named !== "string") {
    throw new MongoError(17261, "found language override field in document with non-string type");
  }
  if (!isTextLanguage(named)) throw unsupportedLanguage(named, 17262);
  return named;
}
