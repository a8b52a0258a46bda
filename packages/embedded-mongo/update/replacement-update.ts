import { type Document, emptyDocument } from "../values/document.ts";
import { identicalValues } from "../values/identical.ts";
import type { Update } from "./compiled-update.ts";
import { refuseDollarFields } from "./dollar-fields.ts";
import { withId, withIdOf, withNewId } from "./immutable-id.ts";
import { idOfFilter } from "./upsert-document.ts";

/** A whole new document, which keeps the old one's `_id`. */
export function compileReplacement(replacement: Document): Update {
  return {
    kind: "replacement",
    apply(document) {
      refuseDollarFields(replacement.fields().keys());
      const after = withIdOf(document, replacement);
      return identicalValues(after, document) ? undefined : { after, description: undefined };
    },
    onInsert(filter, newId) {
      const id = idOfFilter(filter);
      return withNewId(withIdOf(id === undefined ? emptyDocument : withId(emptyDocument, id), replacement), newId);
    },
  };
}
