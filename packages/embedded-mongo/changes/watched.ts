import type { ChangeEvent } from "../storage/change-log.ts";
import type { Namespace } from "../storage/store.ts";
import { Document } from "../values/document.ts";

/** What a stream watches: one collection, one database, or all. */
export type Watched =
  | { readonly kind: "collection"; readonly namespace: Namespace }
  | { readonly kind: "database"; readonly database: string }
  | { readonly kind: "cluster" };

/** Without showExpandedEvents (manual, "Change Events"). */
const usualTypes: ReadonlySet<string> = new Set([
  "insert",
  "update",
  "replace",
  "delete",
  "drop",
  "rename",
  "dropDatabase",
]);

/** Databases of the server itself: a stream of the cluster leaves them out. */
const internal: readonly string[] = ["admin", "config", "local"];

/** Whether the stream tells this event. */
export function isWatched(watched: Watched, change: ChangeEvent, showsExpanded: boolean): boolean {
  const type = typeOf(change);
  if (!showsExpanded && !usualTypes.has(type)) return false;
  if (watched.kind === "collection") return type !== "dropDatabase" && concerns(watched.namespace, change);
  if (change.collection?.startsWith("system.")) return false;
  return watched.kind === "database" ? change.database === watched.database : !internal.includes(change.database);
}

/** Whether what was watched is gone with this event: an `invalidate` follows and the stream ends. */
export function isEnd(watched: Watched, change: ChangeEvent): boolean {
  const type = typeOf(change);
  if (watched.kind === "collection") return type === "drop" || type === "rename";
  return watched.kind === "database" && type === "dropDatabase";
}

/** The collection's own events, and those that put another one in its place. */
function concerns(namespace: Namespace, change: ChangeEvent): boolean {
  if (change.database === namespace.database && change.collection === namespace.collection) return true;
  const to = change.event.get("to");
  return to instanceof Document && to.get("db") === namespace.database && to.get("coll") === namespace.collection;
}

function typeOf({ event }: ChangeEvent): string {
  const type = event.get("operationType");
  return typeof type === "string" ? type : "";
}
