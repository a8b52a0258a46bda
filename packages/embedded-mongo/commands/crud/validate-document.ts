import { MongoError } from "../../errors/mongo-error.ts";
import { explainFailure } from "../../match/explain-failure.ts";
import { compileMatcher, type Matcher } from "../../match/matcher.ts";
import { parseFilter } from "../../match/parse-filter.ts";
import type { CollectionInfo } from "../../storage/store.ts";
import { Document, type Value } from "../../values/document.ts";
import { encodeDocument } from "../../values/encode.ts";
import { DateValue } from "../../values/scalars.ts";
import { operatingAt, queryOptions } from "./operation-options.ts";

/** A collection's validator (manual, "Schema Validation"). */
export interface DocumentValidator {
  /** @throws MongoError DocumentValidationFailure */
  insert(document: Document): void;
  /** With the level "moderate", a document that was not valid before need not be afterwards. @throws MongoError DocumentValidationFailure */
  update(before: Document, after: Document): void;
}

/** The validator of a collection; undefined when it has none, or one that only warns. A time series asks for its time. */
export function documentValidator(info: CollectionInfo, nowMs: number): DocumentValidator | undefined {
  const series = info.options.get("timeseries");
  if (series instanceof Document) return timeValidator(series);
  const filter = info.options.get("validator");
  const level = info.options.get("validationLevel");
  if (!(filter instanceof Document) || filter.size === 0 || level === "off") return undefined;
  if (info.options.get("validationAction") === "warn") return undefined;
  const options = queryOptions(operatingAt(nowMs), undefined, info);
  const matcher = matcherOf(info.options, () => compileMatcher(parseFilter(filter, options), options));
  const insert = (document: Document) => {
    if (!matcher.matches(document))
      throw failure(explainFailure(parseFilter(filter, options), document, options), document);
  };
  return {
    insert,
    update(before, after) {
      if (level === "moderate" && !matcher.matches(before)) return;
      insert(after);
    },
  };
}

/** Manual, "Time Series Collections", Schema. */
function timeValidator(series: Document): DocumentValidator {
  const field = series.get("timeField");
  const insert = (document: Document) => {
    if (typeof field !== "string" || document.get(field) instanceof DateValue) return;
    throw new MongoError("BadValue", `'${field}' must be present and contain a valid BSON UTC datetime value`);
  };
  return { insert, update: (_before, after) => insert(after) };
}

const compiled = new WeakMap<Document, Matcher>();

/** Compiled once for as long as the catalog keeps the same options; what asks for the time is compiled for each command. */
function matcherOf(collectionOptions: Document, compile: () => Matcher): Matcher {
  const known = compiled.get(collectionOptions);
  if (known) return known;
  const matcher = compile();
  if (!encodeDocument(collectionOptions).includes("$expr")) compiled.set(collectionOptions, matcher);
  return matcher;
}

function failure(reason: Document, document: Document): MongoError {
  const details: readonly (readonly [string, Value])[] = [
    ["failingDocumentId", document.get("_id") ?? null],
    ["details", reason],
  ];
  return new MongoError("DocumentValidationFailure", "Document failed validation", [
    ["errInfo", Document.from(details)],
  ]);
}
