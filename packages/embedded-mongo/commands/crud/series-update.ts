import { MongoError } from "../../errors/mongo-error.ts";
import type { CollectionInfo } from "../../storage/store.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";

/** What of an update tells whether a time series allows it. */
interface SeriesUpdate {
  readonly filter: Document;
  readonly update: Document | readonly Document[];
  readonly isMulti: boolean;
  readonly isUpsert: boolean;
}

/**
 * Of a time series only what is measured can be changed, and only for all measurements that are found by it (manual, "Time Series Collection
 * Limitations", Updates). @throws MongoError InvalidOptions
 */
export function refuseSeriesUpdate(info: CollectionInfo | undefined, statement: SeriesUpdate): void {
  const series = info?.kind === "timeseries" ? info.options.get("timeseries") : undefined;
  if (!(series instanceof Document)) return;
  const { filter, update, isMulti, isUpsert } = statement;
  if (isUpsert) throw refused("Cannot perform an upsert on a time-series collection");
  if (!isMulti) throw refused("Cannot perform a non-multi update on a time-series collection");
  const meta = series.get("metaField");
  if (typeof meta !== "string")
    throw refused("Cannot perform an update on a time-series collection that does not have a metaField");
  if (!(update instanceof Document) || !update.firstName?.startsWith("$"))
    throw refused("Cannot perform an update on a time-series collection other than by update operators");
  const isOfMeta = (path: string): boolean => path === meta || path.startsWith(`${meta}.`);
  if (!queriedPaths(filter).every(isOfMeta))
    throw refused(
      `Cannot perform an update on a time-series collection when querying on a field that is not the metaField '${meta}'`,
    );
  if (!changedPaths(update).every(isOfMeta))
    throw refused(
      `Cannot perform an update on a time-series collection which updates a field that is not the metaField '${meta}'`,
    );
}

const refused = (message: string): MongoError => new MongoError("InvalidOptions", message);

/** The fields of a filter; an operator that looks at the whole document counts as a field of its name. */
const queriedPaths = (filter: Document): readonly string[] =>
  [...filter.fields()].flatMap(([name, value]) => {
    if (name === "$comment") return [];
    return isArray(value) && logical.includes(name) ? value.flatMap(pathsOf) : [name];
  });

const logical: readonly string[] = ["$and", "$or", "$nor"];

const pathsOf = (value: Value): readonly string[] => (value instanceof Document ? queriedPaths(value) : []);

const changedPaths = (update: Document): readonly string[] =>
  [...update.fields()].flatMap(([operator, fields]) => {
    if (!(fields instanceof Document)) return [];
    const targets = operator === "$rename" ? [...fields.fields().values()].map(String) : [];
    return [...fields.fields().keys(), ...targets];
  });
