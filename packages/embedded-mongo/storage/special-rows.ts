import type { Document } from "../values/document.ts";
import type { IndexRows } from "./index-rows.ts";
import type { IndexInfo } from "./store.ts";

/** How an index of a special kind makes its rows; undefined for one of plain fields. */
export function specialRows(_info: IndexInfo): ((document: Document) => IndexRows) | undefined {
  return undefined;
}
