import type { MatchExpression } from "../match/expression.ts";

/** An `$elemMatch` around a predicate: all predicates inside speak of one element of the array at this path. */
export interface ElementScope {
  readonly arrayPath: string;
}

/** A condition that every match meets, with its full path. */
export interface Predicate {
  readonly path: string;
  readonly expression: MatchExpression;
  readonly scopes: readonly ElementScope[];
}

/** The conditions that a filter joins by "and": those with a path, through `$elemMatch` too. */
export function predicatesOf(expression: MatchExpression): readonly Predicate[] {
  const found: Predicate[] = [];
  collect(expression, "", [], found);
  return found;
}

/** The conditions at the top that are no paths: `$or`, `$text`, `$expr`. */
export function conjunctsOf(expression: MatchExpression): readonly MatchExpression[] {
  return expression.kind === "and" ? expression.children.flatMap(conjunctsOf) : [expression];
}

function collect(
  expression: MatchExpression,
  prefix: string,
  scopes: readonly ElementScope[],
  found: Predicate[],
): void {
  switch (expression.kind) {
    case "and":
      for (const child of expression.children) collect(child, prefix, scopes, found);
      return;
    case "elemMatch": {
      const path = joinPaths(prefix, expression.path);
      collect(expression.child, path, [...scopes, { arrayPath: path }], found);
      return;
    }
    case "not": {
      const path = pathOf(expression.child);
      // Inside an element "not" speaks of that element, while an index has no entry that says so.
      if (path !== undefined && scopes.length === 0) found.push({ path, expression, scopes });
      return;
    }
    default: {
      const path = pathOf(expression);
      if (path !== undefined) found.push({ path: joinPaths(prefix, path), expression, scopes });
    }
  }
}

/** The one path that an expression speaks of. */
function pathOf(expression: MatchExpression): string | undefined {
  switch (expression.kind) {
    case "compare":
    case "in":
    case "regex":
    case "exists":
      return expression.path;
    default:
      return undefined;
  }
}

const joinPaths = (prefix: string, path: string): string =>
  prefix === "" ? path : path === "" ? prefix : `${prefix}.${path}`;

/** Whether two conditions may be looked up in one entry of an index with array elements: they must speak of the same element. */
export function speakOfOneElement(left: Predicate, right: Predicate): boolean {
  const shared = sharedPath(left.path, right.path);
  if (shared === "") return true;
  return left.scopes.some((scope) => scope.arrayPath === shared && right.scopes.includes(scope));
}

function sharedPath(left: string, right: string): string {
  const others = right.split(".");
  const parts = left.split(".");
  const end = parts.findIndex((part, index) => part !== others[index]);
  return (end < 0 ? parts : parts.slice(0, end)).join(".");
}
