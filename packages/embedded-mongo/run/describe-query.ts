import { describeAccess, stage } from "../plan/describe-plan.ts";
import { Document, type Value } from "../values/document.ts";
import { wholeNumber } from "./collection-statistics.ts";
import type { FindSpecification } from "./prepare-find.ts";
import type { Query } from "./prepare-query.ts";

/** A find as `explain` tells it. */
export interface DescribedFind extends FindSpecification {
  readonly skip?: number | undefined;
}

/** The stages of a query from the last one inwards: projection, skip, limit, sort, and how records are read. */
export function describeQuery(query: Query, wanted: DescribedFind): Document {
  let plan = describeAccess(query.plan.access, wanted.filter);
  const around = (name: string, fields: readonly (readonly [string, Value])[]) => {
    plan = stage(name, [...fields, ["inputStage", plan]]);
  };
  const { sort, projection, skip, limit } = wanted;
  if (query.sort && sort) {
    const amount = limit === undefined ? [] : [["limitAmount", wholeNumber(limit + (skip ?? 0))] as const];
    around("SORT", [["sortPattern", sort], ["memLimit", wholeNumber(104_857_600)], ...amount, ["type", "simple"]]);
  }
  if (skip) around("SKIP", [["skipAmount", wholeNumber(skip)]]);
  if (limit !== undefined && !query.sort) around("LIMIT", [["limitAmount", wholeNumber(limit)]]);
  if (projection && projection.size > 0) {
    around(isSimple(projection) ? "PROJECTION_SIMPLE" : "PROJECTION_DEFAULT", [["transformBy", projection]]);
  }
  return plan;
}

/** Only fields of the top, taken or left. */
const isSimple = (projection: Document): boolean =>
  [...projection.fields()].every(([path, value]) => !path.includes(".") && !(value instanceof Document));
