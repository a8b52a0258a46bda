import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";

/** The elements of a pipeline. @throws MongoError TypeMismatch for an element that is no document */
export function stageList(items: readonly Value[]): readonly Document[] {
  return items.map((item) => {
    if (item instanceof Document) return item;
    throw new MongoError("TypeMismatch", "Each element of the 'pipeline' array must be an object");
  });
}
