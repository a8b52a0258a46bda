import { MongoError } from "../errors/mongo-error.ts";
import type { MatchExpression } from "../match/expression.ts";
import { parseNear } from "../match/geo/near.ts";
import { parseTextSearch } from "../match/parse-text-search.ts";
import { defaultLanguage } from "../storage/indexed-texts.ts";
import { encodeKeyPart } from "../storage/key-encoding.ts";
import type { CollectionInfo, IndexInfo } from "../storage/store.ts";
import { textRanges } from "../storage/text-ranges.ts";
import { termsOf } from "../storage/text-words.ts";
import type { Document } from "../values/document.ts";
import type { NearScan, TextScan } from "./plan.ts";
import { conjunctsOf } from "./predicates.ts";

/**
 * The plan of a `$text` or `$near`, which an index of their kind must answer; undefined when the filter has neither.
 * @throws MongoError IndexNotFound, NoQueryExecutionPlans when there is no such index, BadValue for a language that is none
 */
export function planSpecial(expression: MatchExpression, info: CollectionInfo): TextScan | NearScan | undefined {
  for (const conjunct of conjunctsOf(expression)) {
    if (conjunct.kind === "text") return planText(conjunct.search, expression, info);
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

function planText(search: Document, expression: MatchExpression, info: CollectionInfo): TextScan {
  const index = info.indexes.find(({ key, isHidden }) => !isHidden && key.some(([, kind]) => kind === "text"));
  if (!index) throw new MongoError("IndexNotFound", "text index required for $text query");
  const text = search.get("$search");
  const given = search.get("$language");
  const language = typeof given === "string" ? given : defaultLanguage(index);
  const words = parseTextSearch(typeof text === "string" ? text : "").terms;
  const terms = [...new Set(words.flatMap((word) => termsOf(word, language)))];
  return { kind: "text", index, search, language, terms, ranges: textRanges(terms, prefixOf(index, expression, info)) };
}

/** The key's parts before the texts, which the filter must give a value each (manual, "Text Index Restrictions"). */
function prefixOf({ key }: IndexInfo, expression: MatchExpression, info: CollectionInfo): Buffer {
  const before = key.slice(
    0,
    key.findIndex(([path, kind]) => kind === "text" || path === "_fts"),
  );
  const conjuncts = conjunctsOf(expression);
  const parts = before.map(([path, kind]) => {
    const found = conjuncts.find((each) => each.kind === "compare" && each.operator === "$eq" && each.path === path);
    if (found?.kind !== "compare") {
      const why =
        "failed to use text index to satisfy $text query (if text index is compound, are equality predicates given for all prefix fields?)";
      throw noPlan(info, why);
    }
    return encodeKeyPart(found.value, kind);
  });
  return Buffer.concat(parts);
}

function geoIndex(path: string, info: CollectionInfo): IndexInfo {
  const index = info.indexes.find(
    ({ key, isHidden }) =>
      !isHidden && key.some(([each, kind]) => each === path && (kind === "2dsphere" || kind === "2d")),
  );
  if (index) return index;
  throw noPlan(info, "unable to find index for $geoNear query");
}

const noPlan = ({ namespace: { database, collection } }: CollectionInfo, why: string): MongoError =>
  new MongoError(
    "NoQueryExecutionPlans",
    `error processing query: ns=${database}.${collection} planner returned error :: caused by :: ${why}`,
  );
