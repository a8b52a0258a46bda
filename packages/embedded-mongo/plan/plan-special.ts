import { MongoError } from "../errors/mongo-error.ts";
import type { MatchExpression } from "../match/expression.ts";
import { parseNear } from "../match/geo/near.ts";
import { parseTextSearch } from "../match/parse-text-search.ts";
import type { CollectionInfo, IndexInfo, KeyRange } from "../storage/store.ts";
import { textRanges } from "../storage/text-ranges.ts";
import { defaultLanguage } from "../storage/text-rows.ts";
import { wordsOf } from "../storage/text-words.ts";
import type { Document } from "../values/document.ts";
import type { NearScan, TextScan } from "./plan.ts";
import { conjunctsOf } from "./predicates.ts";

/**
 * The plan of a `$text` or `$near`, which an index of their kind must answer; undefined when the filter has neither.
 * @throws MongoError IndexNotFound, NoQueryExecutionPlans when there is no such index
 */
export function planSpecial(expression: MatchExpression, info: CollectionInfo): TextScan | NearScan | undefined {
  for (const conjunct of conjunctsOf(expression)) {
    if (conjunct.kind === "text") return planText(conjunct.search, info);
    if (conjunct.kind === "geo" && (conjunct.operator === "$near" || conjunct.operator === "$nearSphere")) {
      const { path, operator, argument } = conjunct;
      return {
        kind: "near",
        index: geoIndex(path, info),
        path,
        operator,
        argument,
        near: parseNear(operator, argument),
      };
    }
  }
  return undefined;
}

function planText(search: Document, info: CollectionInfo): TextScan {
  const index = info.indexes.find(({ key, isHidden }) => !isHidden && key.some(([, kind]) => kind === "text"));
  if (!index) throw new MongoError("IndexNotFound", "text index required for $text query");
  const text = search.get("$search");
  const given = search.get("$language");
  const language = typeof given === "string" ? given : defaultLanguage(index);
  const words = parseTextSearch(typeof text === "string" ? text : "").terms;
  const terms = [...new Set(words.flatMap((word) => wordsOf(word, language)))];
  return { kind: "text", index, search, terms, ranges: rangesOf(index, terms, language) };
}

/** An index with plain fields before the texts is read as a whole. */
function rangesOf(index: IndexInfo, terms: readonly string[], language: string): readonly KeyRange[] {
  const isTextFirst = index.key[0]?.[1] === "text" || index.key[0]?.[0] === "_fts";
  if (!isTextFirst) return [{ from: undefined, isFromIncluded: true, to: undefined, isToIncluded: true }];
  return textRanges(index, terms, Buffer.alloc(0), language);
}

function geoIndex(path: string, info: CollectionInfo): IndexInfo {
  const index = info.indexes.find(
    ({ key, isHidden }) =>
      !isHidden && key.some(([each, kind]) => each === path && (kind === "2dsphere" || kind === "2d")),
  );
  if (index) return index;
  const { database, collection } = info.namespace;
  throw new MongoError(
    "NoQueryExecutionPlans",
    `error processing query: ns=${database}.${collection} planner returned error :: caused by :: unable to find index for $geoNear query`,
  );
}
