import { MongoError } from "../errors/mongo-error.ts";
import type { MatchExpression } from "../match/expression.ts";
import { compileMatcher } from "../match/matcher.ts";
import { parseFilter } from "../match/parse-filter.ts";
import type { QueryOptions } from "../match/query-options.ts";
import { Document, type Value } from "../values/document.ts";

/** Which elements an identifier stands for. */
export type ElementTest = (item: Value) => boolean;

/** The array filters of an update by their identifiers (manual, "$[<identifier>]"). @throws MongoError FailedToParse, BadValue */
export function parseArrayFilters(
  filters: readonly Document[],
  options: QueryOptions,
): ReadonlyMap<string, ElementTest> {
  const tests = new Map<string, ElementTest>();
  for (const filter of filters) {
    const expression = parseFilter(filter, options);
    const identifier = identifierOf(expression);
    if (tests.has(identifier)) {
      throw new MongoError(
        "FailedToParse",
        `Found multiple array filters with the same top-level field name ${identifier}`,
      );
    }
    const matcher = compileMatcher(expression, options);
    tests.set(identifier, (item) => matcher.matches(Document.from([[identifier, item]])));
  }
  return tests;
}

function identifierOf(expression: MatchExpression): string {
  const [first, second] = new Set([...pathsOf(expression)].map((path) => path.split(".")[0] ?? ""));
  if (first === undefined) {
    throw new MongoError("FailedToParse", "Cannot use an expression without a top-level field name in arrayFilters");
  }
  if (second !== undefined) {
    const found = `found '${first}' and '${second}'`;
    throw new MongoError(
      "FailedToParse",
      `Error parsing array filter :: caused by :: Expected a single top-level field name, ${found}`,
    );
  }
  if (!/^[a-z][a-zA-Z0-9]*$/.test(first)) {
    const rule = "The top-level field name must be an alphanumeric string beginning with a lowercase letter";
    throw new MongoError("BadValue", `Error parsing array filter :: caused by :: ${rule}, found '${first}'`);
  }
  return first;
}

function* pathsOf(expression: MatchExpression): Iterable<string> {
  if ("children" in expression) for (const child of expression.children) yield* pathsOf(child);
  else if (expression.kind === "not") yield* pathsOf(expression.child);
  else if ("path" in expression) yield expression.path;
}
