import type { IndexInfo } from "../storage/store.ts";
import { weightsOf } from "../storage/text-rows.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";

/** The strings of a document that a text index is made of, whole: phrases are looked for in them. */
export function documentText(document: Document, index: IndexInfo): readonly string[] {
  return [...weightsOf(index).keys()].flatMap((path) =>
    textsAt(document, path === "$**" ? undefined : path.split(".")),
  );
}

function textsAt(value: Value | undefined, path: readonly string[] | undefined): readonly string[] {
  if (isArray(value)) return value.flatMap((item) => textsAt(item, path));
  if (!(value instanceof Document)) return typeof value === "string" && !path?.length ? [value] : [];
  const [name, ...rest] = path ?? [];
  if (path) return name === undefined ? [] : textsAt(value.get(name), rest);
  return [...value.fields().values()].flatMap((each) => textsAt(each, undefined));
}
