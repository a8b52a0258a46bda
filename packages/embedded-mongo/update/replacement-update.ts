import { MongoError } from "../errors/mongo-error.ts";
import { type Document, emptyDocument } from "../values/document.ts";
import { identicalValues } from "../values/identical.ts";
import type { Update } from "./compiled-update.ts";
import { withId, withIdOf, withNewId } from "./immutable-id.ts";
import { idOfFilter } from "./upsert-document.ts";

/** A whole new document, which keeps the old one's `_id`. @throws MongoError DollarPrefixedFieldName */
export function compileReplacement(replacement: Document): Update {
  for (const name of replacement.fields().keys()) {
    if (name.startsWith("$")) throw dollarField(name);
  }
  return {
    kind: "replacement",
    apply(document) {
      const after = withIdOf(document, replacement);
      return identicalValues(after, document) ? undefined : { after, description: undefined };
    },
    onInsert(filter, newId) {
      const id = idOfFilter(filter);
      return withNewId(withIdOf(id === undefined ? emptyDocument : withId(emptyDocument, id), replacement), newId);
    },
  };
}

const dollarField = (name: string) =>
  new MongoError(
    "DollarPrefixedFieldName",
    `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  );
