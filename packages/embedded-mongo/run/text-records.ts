import { setMetadata } from "../aggregate/expressions/metadata.ts";
import { parseTextSearch } from "../match/parse-text-search.ts";
import type { TextScan } from "../plan/plan.ts";
import type { CollectionReader, RecordId, StoredRecord } from "../storage/store.ts";
import { textScores } from "../storage/text-rows.ts";
import { foldText, wordsOf } from "../storage/text-words.ts";
import type { Document } from "../values/document.ts";
import { documentText } from "./document-text.ts";
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
function textTest({ index, search, terms }: TextScan): (document: Document) => number | undefined {
  const text = search.get("$search");
  const parts = parseTextSearch(typeof text === "string" ? text : "");
  const isExactCase = search.get("$caseSensitive") === true;
  const isExactMarks = search.get("$diacriticSensitive") === true;
  const fold = isExactCase || isExactMarks ? (each: string) => each : foldText;
  const phrases = parts.phrases.map(fold);
  const refusedPhrases = parts.negatedPhrases.map(fold);
  const refused = parts.negatedTerms.flatMap((term) => wordsOf(term, "none"));
  return (document) => {
    const scores = textScores(document, index);
    const score = terms.reduce((sum, term) => sum + (scores.get(term) ?? 0), 0);
    if (score === 0 || refused.some((term) => scores.has(term))) return undefined;
    const needsText = phrases.length + refusedPhrases.length > 0 || isExactCase;
    if (!needsText) return score;
    const whole = documentText(document, index).map(fold);
    const has = (phrase: string) => whole.some((each) => each.includes(phrase));
    if (!phrases.every(has) || refusedPhrases.some(has)) return undefined;
    return !isExactCase || parts.terms.some(has) ? score : undefined;
  };
}
