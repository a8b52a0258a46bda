import { MongoError } from "../errors/mongo-error.ts";
import { textLanguage } from "./text-language.ts";

/** What counts in a comparison of words; neither case nor diacritical marks when nothing is said. */
export interface TextSensitivity {
  readonly toCase: boolean;
  readonly toMarks: boolean;
}

/**
 * The terms of a text, in its order: the stems of its words in a language, without the language's stop words. An index has them in lower
 * case and without diacritical marks, which go after the stem is found (MongoDB's text index version 3).
 * @throws MongoError BadValue for a language that MongoDB does not support
 */
export function termsOf(text: string, language: string, sensitivity = insensitive): readonly string[] {
  const rules = textLanguage(language);
  if (!rules) throw unsupportedLanguage(language, "BadValue");
  const terms: string[] = [];
  for (const [found] of text.normalize("NFC").matchAll(rules.words)) {
    const word = found.replaceAll(/^'+|'+$/g, "");
    const lower = word.toLowerCase();
    if (word === "" || rules.stopWords.has(lower)) continue;
    const stem = rules.stem(sensitivity.toCase ? word : lower);
    terms.push(sensitivity.toMarks ? stem : withoutMarks(stem));
  }
  return terms;
}

/** How texts compare in a search for a phrase. */
export function foldText(text: string, sensitivity: TextSensitivity): string {
  const marked = sensitivity.toMarks ? text.normalize("NFC") : withoutMarks(text);
  return sensitivity.toCase ? marked : marked.toLowerCase();
}

/** As MongoDB says it of a search (BadValue) and of a document (17262). */
export const unsupportedLanguage = (language: string, code: "BadValue" | 17262): MongoError =>
  new MongoError(
    code,
    code === "BadValue"
      ? `unsupported language: "${language}" for text index version 3`
      : `language override unsupported: ${language}`,
  );

const insensitive: TextSensitivity = { toCase: false, toMarks: false };

// ASCII has none, and is most of what is indexed.
const withoutMarks = (text: string): string =>
  /[^\0-\x7f]/.test(text)
    ? text
        .normalize("NFD")
        .replaceAll(/\p{Mn}/gu, "")
        .normalize("NFC")
    : text;
