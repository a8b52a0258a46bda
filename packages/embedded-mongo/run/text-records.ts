import { setMetadata } from "../aggregate/expressions/metadata.ts";
import { parseTextSearch } from "../match/parse-text-search.ts";
import type { TextScan } from "../plan/plan.ts";
import { type IndexedText, indexedTexts } from "../storage/indexed-texts.ts";
import type { CollectionReader, RecordId, StoredRecord } from "../storage/store.ts";
import { textScores } from "../storage/text-rows.ts";
import { foldText, type TextSensitivity, termsOf } from "../storage/text-words.ts";
import type { Document } from "../values/document.ts";
import type { Examined } from "./examined.ts";

/** The records that a `$text` finds, each with its `textScore` as metadata. */
export function* textRecords(
  reader: CollectionReader,
  scan: TextScan,
  examined: Examined,
): Generator<StoredRecord, void> {
  const isFound = textTest(scan);
  const seen = new Set<RecordId>();
  for (const range of scan.ranges) {
    for (const { id } of reader.scanIndex(scan.index.name, range)) {
      examined.keys++;
      if (seen.has(id)) continue;
      seen.add(id);
      const document = reader.get(id);
      if (!document) continue;
      const score = isFound(document);
      if (score === undefined) continue;
      setMetadata(document, "textScore", score);
      yield { id, document };
    }
  }
}

/** The score of a document that has one of the words and all phrases, and none of what must not occur (manual, "$text"). */
function textTest({ index, search, language, terms }: TextScan): (document: Document) => number | undefined {
  const text = search.get("$search");
  const parts = parseTextSearch(typeof text === "string" ? text : "");
  const sensitivity = {
    toCase: search.get("$caseSensitive") === true,
    toMarks: search.get("$diacriticSensitive") === true,
  };
  const isSensitive = sensitivity.toCase || sensitivity.toMarks;
  const inSearch = (words: readonly string[]) => words.flatMap((word) => termsOf(word, language, sensitivity));
  const fold = (each: string) => foldText(each, sensitivity);
  const [wanted, refused] = [inSearch(parts.terms), inSearch(parts.negatedTerms)];
  const [phrases, refusedPhrases] = [parts.phrases.map(fold), parts.negatedPhrases.map(fold)];
  return (document) => {
    const texts = indexedTexts(document, index);
    const scores = textScores(texts);
    const score = terms.reduce((sum, term) => sum + (scores.get(term) ?? 0), 0);
    if (score === 0) return undefined;
    const exact = isSensitive ? exactTerms(texts, sensitivity) : scores;
    if (isSensitive && !wanted.some((term) => exact.has(term))) return undefined;
    if (refused.some((term) => exact.has(term))) return undefined;
    if (phrases.length + refusedPhrases.length === 0) return score;
    const whole = texts.map((each) => fold(each.text));
    const has = (phrase: string) => whole.some((each) => each.includes(phrase));
    return phrases.every(has) && !refusedPhrases.some(has) ? score : undefined;
  };
}

/** An index has no case and no marks: what counts them looks at the texts. */
const exactTerms = (texts: readonly IndexedText[], sensitivity: TextSensitivity): ReadonlySet<string> =>
  new Set(texts.flatMap(({ text, language }) => termsOf(text, language, sensitivity)));
