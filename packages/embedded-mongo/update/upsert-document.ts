import { MongoError } from "../errors/mongo-error.ts";
import type { MatchExpression } from "../match/expression.ts";
import { Document, type Value } from "../values/document.ts";
import { splitPath } from "../values/path.ts";

/** The fields that a filter demands to be equal to something: what an upsert starts with (manual, "db.collection.update()", Upsert). */
export function upsertDocument(filter: MatchExpression): Document {
  const equalities = new Map<string, Value>();
  for (const [path, value] of equalitiesOf(filter)) {
    const other = [...equalities.keys()].find((each) => each === path || overlaps(each, path) || overlaps(path, each));
    if (other !== undefined) throw matchedTwice(path, other);
    equalities.set(path, value);
  }
  let document = Document.from([]);
  for (const [path, value] of equalities) document = setAt(document, splitPath(path), value);
  return document;
}

/** The `_id` that a filter demands. */
export function idOfFilter(filter: MatchExpression): Value | undefined {
  for (const [path, value] of equalitiesOf(filter)) if (path === "_id") return value;
  return undefined;
}

function* equalitiesOf(filter: MatchExpression): Iterable<readonly [path: string, value: Value]> {
  if (filter.kind === "compare" && filter.operator === "$eq") yield [filter.path, filter.value];
  // One value to be in is that value.
  else if (filter.kind === "in" && filter.values.length === 1 && filter.patterns.length === 0)
    yield [filter.path, filter.values[0] ?? null];
  else if (filter.kind === "and" || (filter.kind === "or" && filter.children.length === 1)) {
    for (const child of filter.children) yield* equalitiesOf(child);
  }
}

const overlaps = (outer: string, inner: string): boolean => inner.startsWith(`${outer}.`);

function matchedTwice(path: string, other: string): MongoError {
  if (path === other) {
    return new MongoError("NotSingleValueField", `cannot infer query fields to set, path '${path}' is matched twice`);
  }
  const [outer, inner] = overlaps(other, path) ? [other, path] : [path, other];
  return new MongoError(
    "NotSingleValueField",
    `cannot infer query fields to set, both paths '${inner}' and '${outer}' are matched`,
  );
}

function setAt(document: Document, [name = "", ...rest]: readonly string[], value: Value): Document {
  const inner = document.get(name);
  const made = rest.length === 0 ? value : setAt(inner instanceof Document ? inner : Document.from([]), rest, value);
  return Document.of(new Map([...document.fields(), [name, made]]));
}
