/**
 * The words of a text as a text index has them: in lower case, without diacritical marks, without the language's stop words. Words keep their
 * endings: there is no stemming.
 */
export function wordsOf(text: string, language: string): readonly string[] {
  const words = foldText(text).match(/[\p{L}\p{M}\p{N}_']+/gu) ?? [];
  const stopWords = isEnglish(language) ? englishStopWords : none;
  return words.map((word) => word.replace(/^'+|'+$/g, "")).filter((word) => word !== "" && !stopWords.has(word));
}

/** How texts compare in a search: neither case nor diacritical marks count. */
export const foldText = (text: string): string =>
  text
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase();

const isEnglish = (language: string): boolean => /^en(?:glish)?$/i.test(language);

const none: ReadonlySet<string> = new Set();

const englishStopWords: ReadonlySet<string> = new Set(
  (
    "a about above after again against all am an and any are as at be because been before being below between both but by can could did do " +
    "does doing down during each few for from further had has have having he her here hers herself him himself his how i if in into is it its " +
    "itself just me more most my myself no nor not now of off on once only or other our ours ourselves out over own same she should so some " +
    "such than that the their theirs them themselves then there these they this those through to too under until up very was we were what " +
    "when where which while who whom why will with would you your yours yourself yourselves"
  ).split(" "),
);
