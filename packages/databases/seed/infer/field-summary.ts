/** What was seen of one field in a sample of documents. No value of the source stays in it but numbers' ends, dates' ends and short enumerations. */
export interface FieldSummary {
  /** How many of the documents have it. */
  seen: number;
  readonly types: Map<ValueType, number>;
  /** Different texts with their counts, until there are too many to be an enumeration. */
  readonly texts: Map<string, number>;
  hasManyTexts: boolean;
  readonly numbers: Range;
  readonly dates: Range;
  /** Lengths of texts, or of lists. */
  readonly lengths: Range;
  /** How many texts look like what: `email`, `name`, ... */
  readonly looks: Map<string, number>;
  /** Ids that it holds, as text: looked for in the collections. */
  readonly ids: Map<string, number>;
  /** Of the documents in it. */
  readonly fields: Map<string, FieldSummary>;
  /** Of the elements of the list in it. */
  element: FieldSummary | undefined;
}

/** The types that a generator is written for. */
export type ValueType =
  | "null"
  | "bool"
  | "int"
  | "double"
  | "long"
  | "decimal"
  | "string"
  | "date"
  | "id"
  | "binary"
  | "uuid"
  | "list"
  | "document"
  | "other";

/** The least and the greatest. */
export interface Range {
  min: number;
  max: number;
}

// More different texts than these are no enumeration.
const mostTexts = 24;
const mostIds = 200;

/** A summary that has seen nothing. */
export function emptySummary(): FieldSummary {
  const range = (): Range => ({ min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY });
  return {
    seen: 0,
    types: new Map(),
    texts: new Map(),
    hasManyTexts: false,
    numbers: range(),
    dates: range(),
    lengths: range(),
    looks: new Map(),
    ids: new Map(),
    fields: new Map(),
    element: undefined,
  };
}

/** Adds a value to a summary. `look` says what a text looks like. */
function addValue(summary: FieldSummary, value: unknown, look: (text: string) => string | undefined): void {
  summary.seen++;
  const type = typeOf(value);
  summary.types.set(type, (summary.types.get(type) ?? 0) + 1);
  if (type === "string") addText(summary, String(value), look);
  else if (type === "int" || type === "double" || type === "long" || type === "decimal")
    widen(summary.numbers, Number(String(value)));
  else if (type === "bool") summary.texts.set(String(value), (summary.texts.get(String(value)) ?? 0) + 1);
  else if (value instanceof Date) widen(summary.dates, value.getTime());
  else if (type === "id") {
    addId(summary, String(value));
  } else if (Array.isArray(value)) {
    widen(summary.lengths, value.length);
    summary.element ??= emptySummary();
    for (const each of value) addValue(summary.element, each, look);
  } else if (type === "document" && typeof value === "object" && value !== null) addDocument(summary, value, look);
}

/** Adds the fields of a document. */
export function addDocument(summary: FieldSummary, document: object, look: (text: string) => string | undefined): void {
  for (const [name, value] of Object.entries(document)) {
    const field = summary.fields.get(name) ?? emptySummary();
    summary.fields.set(name, field);
    addValue(field, value, look);
  }
}

function addText(summary: FieldSummary, text: string, look: (text: string) => string | undefined): void {
  widen(summary.lengths, text.length);
  const looks = look(text);
  if (looks !== undefined) summary.looks.set(looks, (summary.looks.get(looks) ?? 0) + 1);
  if (/^[0-9a-f]{24}$/.test(text)) addId(summary, text);
  if (summary.hasManyTexts) return;
  summary.texts.set(text, (summary.texts.get(text) ?? 0) + 1);
  if (summary.texts.size <= mostTexts) return;
  summary.hasManyTexts = true;
  summary.texts.clear();
}

function addId({ ids }: FieldSummary, id: string): void {
  const count = ids.get(id);
  if (count !== undefined || ids.size < mostIds) ids.set(id, (count ?? 0) + 1);
}

function widen(range: Range, value: number): void {
  range.min = Math.min(range.min, value);
  range.max = Math.max(range.max, value);
}

/** BSON's types by what the driver gives for them. */
function typeOf(value: unknown): ValueType {
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "string";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "double";
  if (typeof value === "bigint") return "long";
  if (value instanceof Date) return "date";
  if (Array.isArray(value)) return "list";
  if (typeof value !== "object") return "other";
  const bson = "_bsontype" in value ? value._bsontype : undefined;
  if (bson === undefined) return "document";
  return bsonTypes.get(String(bson)) ?? "other";
}

const bsonTypes: ReadonlyMap<string, ValueType> = new Map([
  ["ObjectId", "id"],
  ["Long", "long"],
  ["Decimal128", "decimal"],
  ["Double", "double"],
  ["Int32", "int"],
  ["Binary", "binary"],
  ["UUID", "uuid"],
]);
