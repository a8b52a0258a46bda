import { MongoError } from "../errors/mongo-error.ts";
import type { Matcher } from "../match/matcher.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { splitPath } from "../values/path.ts";

/**
 * Keeps of the array at `path` the element alone that the filter matched (manual, "$ (projection)"). `projected` is what is changed, `document` what was
 * matched. @throws MongoError 51246 when the filter matched no element
 */
export function keepMatched(
  projected: Document,
  path: string,
  document: Document,
  matcher: Matcher | undefined,
): Document {
  return inside(projected, splitPath(path), () => {
    const position = matcher?.position(document);
    if (position !== undefined) return position;
    throw new MongoError(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
  });
}

function inside(document: Document, [name = "", ...rest]: readonly string[], position: () => number): Document {
  const value = document.get(name);
  const changed = change(value, rest, position);
  return changed === undefined ? document : Document.of(new Map(document.fields()).set(name, changed));
}

function change(value: Value | undefined, rest: readonly string[], position: () => number): Value | undefined {
  if (isArray(value)) return [elementAt(value, position())];
  return rest.length > 0 && value instanceof Document ? inside(value, rest, position) : undefined;
}

function elementAt(array: readonly Value[], position: number): Value {
  const element = array[position];
  if (element !== undefined) return element;
  throw new MongoError(
    51247,
    "Executor error during find command :: caused by :: positional operator '.$' element mismatch",
  );
}
