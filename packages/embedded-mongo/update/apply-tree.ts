import { MongoError } from "../errors/mongo-error.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { formatField, formatValue } from "../values/format-value.ts";
import { isIndex } from "../values/path.ts";
import type { ElementTest } from "./array-filters.ts";
import type { ChangeRecord } from "./change-record.ts";
import type { Leaf } from "./modifiers/modifier.ts";
import type { Branch, UpdateNode } from "./update-tree.ts";

/** One application of an update to a document. */
export interface Application {
  readonly document: Document;
  readonly isInsert: boolean;
  readonly arrayFilters: ReadonlyMap<string, ElementTest>;
  /** What the positional operator `$` stands for. */
  position(): number | undefined;
}

// The elements that may be made to reach an index (MongoDB's own limit, as its error tells).
const mostPadding = 1_500_000;

/** Applies a tree; the document itself when nothing changes. `record` is told the changes, by dotted paths. @throws MongoError */
export function applyTree(tree: Branch, application: Application, record: ChangeRecord): Document {
  return applyToDocument(tree, application.document, "", application, record);
}

function applyNode(
  node: UpdateNode,
  current: Value | undefined,
  path: string,
  application: Application,
  record: ChangeRecord | undefined,
): Value | undefined {
  if (node.kind === "leaf") {
    if (!isActive(node, application)) return current;
    if (current === undefined && !node.canCreate) return undefined;
    return node.apply(current, { document: application.document, path });
  }
  if (current instanceof Document) return applyToDocument(node, current, path, application, record);
  if (isArray(current)) return applyToArray(node, current, path, application, record);
  return applyToOther(node, current, path, application);
}

function applyToDocument(
  { children }: Branch,
  document: Document,
  path: string,
  application: Application,
  record: ChangeRecord | undefined,
): Document {
  let fields: Map<string, Value> | undefined;
  for (const [written, child] of children) {
    if (written.startsWith("$[")) throw notAnArray(path, document);
    const name = written === "$" ? positionOf(application) : written;
    const place = path === "" ? name : `${path}.${name}`;
    const before = document.get(name);
    const after = applyNode(child, before, place, application, record);
    if (Object.is(before, after)) continue;
    fields ??= new Map(document.fields());
    if (after === undefined) fields.delete(name);
    else fields.set(name, after);
    if (record) tell(record, child, place, before, after);
  }
  return fields ? Document.of(fields) : document;
}

/** A branch tells its own changes, unless all of it is new. */
function tell(
  record: ChangeRecord,
  node: UpdateNode,
  path: string,
  before: Value | undefined,
  after: Value | undefined,
): void {
  if (node.kind === "branch" && before !== undefined) return;
  if (after === undefined) record.removed(path);
  else if (node.kind === "leaf" && node.isAppending === true && isArray(before) && isArray(after)) {
    for (let index = before.length; index < after.length; index++)
      record.updated(`${path}.${index}`, after[index] ?? null);
  } else record.updated(path, after);
}

function applyToArray(
  { children }: Branch,
  array: readonly Value[],
  path: string,
  application: Application,
  record: ChangeRecord | undefined,
): readonly Value[] {
  let items: Value[] | undefined;
  const touched = new Map<number, UpdateNode>();
  let isPadded = false;
  for (const [name, child] of children) {
    for (const index of indexesOf(name, child, array, path, application)) {
      refuseConflict(touched, index, child, path);
      const place = `${path}.${index}`;
      const current = (items ?? array)[index];
      const after = applyNode(child, current, place, application, record);
      if (Object.is(current, after)) continue;
      items ??= [...array];
      isPadded ||= index > items.length;
      while (items.length < index) items.push(null);
      // An element that is removed leaves null (manual, "$unset", Behavior).
      items[index] = after ?? null;
      if (record && !isPadded) tell(record, child, place, current, after ?? null);
    }
  }
  if (isPadded && items) record?.updated(path, items);
  return items ?? array;
}

function indexesOf(
  name: string,
  node: UpdateNode,
  array: readonly Value[],
  path: string,
  application: Application,
): readonly number[] {
  if (name === "$[]") return [...array.keys()];
  if (name.startsWith("$[")) {
    const test = application.arrayFilters.get(name.slice(2, -1));
    return [...array.keys()].filter((index) => test?.(array[index] ?? null));
  }
  const component = name === "$" ? positionOf(application) : name;
  if (!isIndex(component)) {
    if (!needsPath(node, application)) return [];
    throw notViable(component, path, array);
  }
  const index = Number(component);
  if (index >= array.length && !mayCreate(node, application)) return [];
  if (index - array.length > mostPadding) {
    throw new MongoError("CannotBackfillArray", `can't backfill array to larger than ${mostPadding} elements`);
  }
  return [index];
}

function refuseConflict(touched: Map<number, UpdateNode>, index: number, node: UpdateNode, path: string): void {
  const other = touched.get(index);
  touched.set(index, node);
  if (other && (other.kind === "leaf" || node.kind === "leaf")) {
    throw new MongoError("ConflictingUpdateOperators", `Update created a conflict at '${path}.${index}'`);
  }
}

/** Nothing, or what has no fields. */
function applyToOther(
  node: Branch,
  current: Value | undefined,
  path: string,
  application: Application,
): Value | undefined {
  const [[name = ""] = []] = node.children;
  if (name.startsWith("$[")) {
    if (current !== undefined) throw notAnArray(path, current);
    throw new MongoError("BadValue", `The path '${path}' must exist in the document in order to apply array updates.`);
  }
  if (current !== undefined) {
    if (!needsPath(node, application)) return current;
    throw notViable(name, path, current);
  }
  if (!mayCreate(node, application)) return undefined;
  const made = applyToDocument(node, Document.from([]), path, application, undefined);
  return made.size === 0 ? undefined : made;
}

function mayCreate(node: UpdateNode, application: Application): boolean {
  if (node.kind === "branch") return node.children.some(([, child]) => mayCreate(child, application));
  return node.canCreate && isActive(node, application);
}

const isActive = (leaf: Leaf, { isInsert, document }: Application): boolean =>
  (leaf.isOnInsertOnly !== true || isInsert) && leaf.isActive?.(document) !== false;

/** Whether a path that leads through a number or a text is an error: only `$unset` ignores it. */
function needsPath(node: UpdateNode, application: Application): boolean {
  if (node.kind === "branch") return node.children.some(([, child]) => needsPath(child, application));
  return node.ignoresPath !== true && isActive(node, application);
}

function positionOf(application: Application): string {
  const position = application.position();
  if (position !== undefined) return String(position);
  throw new MongoError("BadValue", "The positional operator did not find the match needed from the query.");
}

const notAnArray = (path: string, value: Value) =>
  new MongoError("BadValue", `Cannot apply array updates to non-array element ${formatField(lastOf(path), value)}`);

const notViable = (name: string, path: string, value: Value) =>
  new MongoError("PathNotViable", `Cannot create field '${name}' in element {${lastOf(path)}: ${formatValue(value)}}`);

const lastOf = (path: string): string => path.slice(path.lastIndexOf(".") + 1);
