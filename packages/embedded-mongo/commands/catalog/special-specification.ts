import { MongoError } from "../../errors/mongo-error.ts";
import { isTextLanguage } from "../../storage/text-language.ts";
import { Document, type Value } from "../../values/document.ts";
import { formatValue } from "../../values/format-value.ts";
import { int32 } from "../../values/scalars.ts";

/**
 * The fields that MongoDB adds to the specification of a text or geographic index, and a text index's key as it is kept (manual, "listIndexes").
 * @throws MongoError 17264, 17136 for languages of a text index that are none
 */
export function completeSpecial(fields: Map<string, Value>, key: Document): void {
  const kinds = new Set(key.fields().values());
  if (kinds.has("2dsphere") && !fields.has("2dsphereIndexVersion")) fields.set("2dsphereIndexVersion", int32(3));
  if (!kinds.has("text")) return;
  fields.set("key", textKey(key));
  fields.set("weights", weights(fields.get("weights"), key));
  for (const [name, value] of textDefaults) if (!fields.has(name)) fields.set(name, value);
  checkLanguages(fields);
}

function checkLanguages(fields: ReadonlyMap<string, Value>): void {
  const language = fields.get("default_language");
  if (typeof language !== "string" || !isTextLanguage(language)) {
    throw new MongoError(
      17264,
      `default_language is not valid: ${formatValue(language ?? "")} is no language of a text index`,
    );
  }
  const override = fields.get("language_override");
  if (typeof override !== "string" || override === "" || override.startsWith("$") || override.includes(".")) {
    throw new MongoError(17136, "language_override is not valid");
  }
}

const textDefaults: readonly (readonly [string, Value])[] = [
  ["default_language", "english"],
  ["language_override", "language"],
  ["textIndexVersion", int32(3)],
];

/** All texts are one part of the key, between the plain fields before and after them. */
function textKey(key: Document): Document {
  const kept: (readonly [string, Value])[] = [];
  let isTextKept = key.has("_fts");
  for (const [path, kind] of key.fields()) {
    if (kind !== "text" || isTextKept) {
      kept.push([path, kind]);
      continue;
    }
    isTextKept = true;
    kept.push(["_fts", "text"], ["_ftsx", int32(1)]);
  }
  return Document.from(kept.filter(([path, kind]) => kind !== "text" || path === "_fts"));
}

/** In alphabetical order; 1 where nothing is said. */
function weights(given: Value | undefined, key: Document): Document {
  const all = new Map<string, Value>(given instanceof Document ? given.fields() : []);
  for (const [path, kind] of key.fields())
    if (kind === "text" && path !== "_fts" && !all.has(path)) all.set(path, int32(1));
  return Document.from([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}
