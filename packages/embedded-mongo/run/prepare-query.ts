import { metadataOf } from "../aggregate/expressions/metadata.ts";
import type { MatchExpression } from "../match/expression.ts";
import { compileMatcher, type Matcher } from "../match/matcher.ts";
import { parseFilter } from "../match/parse-filter.ts";
import type { QueryOptions } from "../match/query-options.ts";
import type { Plan } from "../plan/plan.ts";
import { isSimpleId, planQuery } from "../plan/plan-query.ts";
import { compileSort, type SortOrder } from "../sort/sort-order.ts";
import type { CollectionInfo } from "../storage/store.ts";
import type { Document, Value } from "../values/document.ts";
import { emptyCollection } from "./empty-collection.ts";

/** What is looked for, as a command says it. */
export interface QuerySpecification {
  readonly filter: Document;
  readonly sort?: Document | undefined;
  readonly hint?: Value | undefined;
  readonly isLimited?: boolean;
  /** Bounds of the hinted index's keys: inclusive below, exclusive above. */
  readonly min?: Document | undefined;
  readonly max?: Document | undefined;
}

/** A query that is ready to run over its collection. */
export interface Query {
  readonly expression: MatchExpression;
  readonly matcher: Matcher;
  readonly plan: Plan;
  /** What is left to sort: undefined when records come in their order. */
  readonly sort: SortOrder | undefined;
}

/** Parses, plans and compiles. @throws MongoError for a malformed filter, sort or hint */
export function prepareQuery(specification: QuerySpecification, info: CollectionInfo, options: QueryOptions): Query {
  const { filter, isLimited } = specification;
  // Where there is no collection, no hint is wrong.
  const hint = info === emptyCollection ? undefined : specification.hint;
  const isBounded = specification.min !== undefined || specification.max !== undefined;
  const id = hint === undefined && !isBounded ? lookedUpId(filter, info, options) : undefined;
  if (id !== undefined) return byId(id);
  const expression = parseFilter(filter, options);
  const order = sortOf(specification.sort, options);
  const plan = planQuery(
    {
      expression,
      sort: order?.parts ?? naturalPart(specification.sort),
      hint,
      collation: options.collation,
      isLimited: isLimited ?? false,
      limits: specification,
    },
    info,
  );
  return {
    expression,
    matcher: compileMatcher(expression, options),
    plan,
    sort: plan.isSorted ? undefined : order,
  };
}

/** `{ _id: value }` needs no parser, no planner and no second look: the most frequent query of all. */
function lookedUpId(filter: Document, info: CollectionInfo, { collation }: QueryOptions): Value | undefined {
  if (collation || info.options.has("collation") || info.kind === "timeseries" || filter.size !== 1) return undefined;
  const id = filter.get("_id");
  return id !== undefined && isSimpleId(id) ? id : undefined;
}

const always: Matcher = { matches: () => true, position: () => undefined };

const byId = (id: Value): Query => ({
  expression: { kind: "compare", path: "_id", operator: "$eq", value: id },
  matcher: always,
  plan: { access: { kind: "id", id }, isSorted: true },
  sort: undefined,
});

/** Undefined also for `{ $natural: ... }`, which is an order of reading and no comparison. */
function sortOf(sort: Document | undefined, { collation }: QueryOptions): SortOrder | undefined {
  if (!sort || sort.size === 0 || sort.firstName === "$natural") return undefined;
  return compileSort(sort, collation, metadataOf);
}

function naturalPart(sort: Document | undefined): SortOrder["parts"] {
  if (sort?.firstName !== "$natural") return [];
  const isReverse = String(numberOf(sort.get("$natural"))) === "-1";
  return [{ path: "$natural", direction: isReverse ? -1 : 1, meta: undefined }];
}

const numberOf = (value: Value | undefined): unknown =>
  typeof value === "object" && value !== null && "value" in value ? value.value : value;
