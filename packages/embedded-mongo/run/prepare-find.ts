import { metadataOf } from "../aggregate/expressions/metadata.ts";
import type { QueryOptions } from "../match/query-options.ts";
import { compileProjection } from "../project/projection.ts";
import type { CollectionInfo, StoredRecord } from "../storage/store.ts";
import { Document, type Value } from "../values/document.ts";
import { splitPath, visitPath } from "../values/path.ts";
import { emptyCollection } from "./empty-collection.ts";
import { prepareQuery, type Query } from "./prepare-query.ts";

/** What `find` wants, as far as the query and the shape of its results go. */
export interface FindSpecification {
  readonly filter: Document;
  readonly sort?: Document | undefined;
  readonly projection?: Document | undefined;
  readonly hint?: Value | undefined;
  readonly limit?: number | undefined;
  readonly min?: Document | undefined;
  readonly max?: Document | undefined;
  readonly returnsKey?: boolean;
  readonly showsRecordId?: boolean;
}

/** A query and what becomes of each document that it finds; undefined when they are returned as they are. */
export interface PreparedFind {
  readonly query: Query;
  readonly shape: ((record: StoredRecord) => Document) | undefined;
}

/** Prepares a find; a collection that is not there is checked against as an empty one. @throws MongoError */
export function prepareFind(
  wanted: FindSpecification,
  info: CollectionInfo | undefined,
  options: QueryOptions,
): PreparedFind {
  const { filter, sort, hint, limit, min, max } = wanted;
  const query = prepareQuery(
    { filter, sort, hint, isLimited: limit !== undefined, min, max },
    info ?? emptyCollection,
    options,
  );
  return { query, shape: shapeOf(wanted, query, options) };
}

function shapeOf(wanted: FindSpecification, query: Query, options: QueryOptions): PreparedFind["shape"] {
  if (wanted.returnsKey) return keyShape(query);
  const projection =
    wanted.projection && wanted.projection.size > 0
      ? compileProjection(wanted.projection, { ...options, matcher: query.matcher, meta: metadataOf })
      : undefined;
  const project = projection && ((record: StoredRecord) => projection.apply(record.document));
  if (!wanted.showsRecordId) return project;
  return (record) =>
    Document.of(new Map([...(project?.(record) ?? record.document).fields(), ["$recordId", BigInt(record.id)]]));
}

/** The fields of the index that was used, as `returnKey` asks; nothing when none was (manual, "cursor.returnKey()"). */
function keyShape({ plan: { access } }: Query): PreparedFind["shape"] {
  const paths = "index" in access ? access.index.key.map(([path]) => path) : access.kind === "id" ? ["_id"] : [];
  return ({ document }) =>
    Document.from(
      paths.flatMap((path): (readonly [string, Value])[] => {
        let first: Value | undefined;
        visitPath(document, splitPath(path), "elements", (value) => {
          first = value;
          return true;
        });
        return [[path, first ?? null]];
      }),
    );
}
