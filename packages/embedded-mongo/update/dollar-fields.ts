import { MongoError } from "../errors/mongo-error.ts";

/**
 * A field at the top of a document may begin with a dollar when the document is inserted, and within documents always, but no update makes one
 * (manual, "Field Names with Periods and Dollar Signs"). @throws MongoError DollarPrefixedFieldName
 */
export function refuseDollarFields(paths: Iterable<string>): void {
  for (const path of paths) {
    const [first = ""] = path.split(".", 1);
    if (!first.startsWith("$") || /^\$(?:id|ref|db)$/.test(first)) continue;
    throw new MongoError(
      "DollarPrefixedFieldName",
      `The dollar ($) prefixed field '${first}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
}
