import type { FieldSummary, ValueType } from "./field-summary.ts";
import { codeOfKind, kindOfName } from "./personal-data.ts";

/** What a field's code is written with. */
export interface WritingContext {
  /** Recognise personal data, and keep no value of the source. */
  readonly isMasked: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The collection that a field's ids are of. */
  referenceOf(summary: FieldSummary): string | undefined;
  /** Notes a word of the module, and one of the document's context. */
  use(word: string): void;
}

const dayMs = 86_400_000;
// Of fewer ids nothing can be said about how they are spread.
const fewest = 10;
// A value of an enumeration that fewer documents have might say who they are.
const leastAlike = 5;

/** The code that makes values like those that were seen: an expression. Undefined where there is no generator. */
function writeField(name: string, summary: FieldSummary, of: number, context: WritingContext): string | undefined {
  const [type, inType] = mostOften(summary.types, "null");
  const nulls = summary.types.get("null") ?? 0;
  const value = type === undefined ? "null" : writeType(type, name, summary, context);
  if (value === undefined) return undefined;
  const withNull = nulls > 0 && inType > 0 ? choice(nulls / summary.seen, "null", value, context) : value;
  return summary.seen < of ? choice(summary.seen / of, withNull, "undefined", context) : withNull;
}

function writeType(type: ValueType, name: string, summary: FieldSummary, context: WritingContext): string | undefined {
  const { use } = context;
  const amount = () => numbersOf(summary, context);
  switch (type) {
    case "bool":
      use("chance");
      return `chance(${share((summary.texts.get("true") ?? 0) / (summary.types.get("bool") ?? 1))})`;
    case "int":
      return amount();
    case "double":
      use("random");
      return `${rounded(summary.numbers.min, context, Math.floor)} + random() * ${Math.max(1, rounded(summary.numbers.max - summary.numbers.min, context, Math.ceil))}`;
    case "long":
      use("bson");
      return `bson.long(${amount()})`;
    case "decimal":
      use("bson");
      use("int");
      return `bson.decimal((int(${rounded(summary.numbers.min * 100, context, Math.floor)}, ${rounded(summary.numbers.max * 100, context, Math.ceil)}) / 100).toFixed(2))`;
    case "date":
      use("dateIn");
      return writeDate(summary, context);
    case "uuid":
      use("bson");
      return "bson.uuid()";
    case "binary":
      use("bson");
      return "bson.binary(new Uint8Array(16))";
    case "id":
      return writeReference(summary, context) ?? writeNewId(context);
    case "string":
      return writeReference(summary, context) ?? writeText(name, summary, context);
    case "list":
      return writeList(name, summary, context);
    case "document":
      return writeDocument(summary, summary.types.get("document") ?? summary.seen, context);
    case "null":
      return "null";
    case "other":
      return undefined;
  }
}

/** An object of the fields that have a generator; fields that are named by data are left out when masked. */
export function writeDocument({ fields }: FieldSummary, of: number, context: WritingContext): string {
  const lines = [...fields].flatMap(([name, field]) => {
    if (context.isMasked && !/^[A-Za-z_$][\w$]{0,40}$/.test(name)) return [];
    const code = writeField(name, field, of, context);
    return code === undefined
      ? [`// ${JSON.stringify(name)}: no generator for its type`]
      : [`${keyText(name)}: ${code},`];
  });
  return `{\n${lines.join("\n")}\n}`;
}

function writeList(name: string, { element, lengths }: FieldSummary, context: WritingContext): string {
  const code = element && writeField(name, element, element.seen, context);
  if (code === undefined) return "[]";
  context.use("many");
  context.use("int");
  return `many(int(${lengths.min}, ${lengths.max}), () => (${code}))`;
}

function writeReference(summary: FieldSummary, { referenceOf, use }: WritingContext): string | undefined {
  const collection = referenceOf(summary);
  if (collection === undefined) return undefined;
  const counts = [...summary.ids.values()].sort((a, b) => b - a);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const top = counts.slice(0, Math.ceil(counts.length / 5)).reduce((sum, count) => sum + count, 0) / total;
  use("ref");
  const isText = summary.types.has("string");
  const asText = (code: string) => (isText ? `String(${code})` : code);
  if (top < 0.55 || counts.length < fewest) return asText(`ref(${JSON.stringify(collection)})`);
  use("skewed");
  return asText(`ref(${JSON.stringify(collection)}, skewed(${share(Math.min(0.95, top))}))`);
}

function writeNewId({ use }: WritingContext): string {
  use("newId");
  return "newId()";
}

function writeText(name: string, summary: FieldSummary, context: WritingContext): string {
  const { isMasked, use } = context;
  const [look, alike] = mostOften(summary.looks, undefined);
  const isEnumerated = isEnumeration(summary, isMasked);
  const named = isMasked || !isEnumerated ? kindOfName(name) : undefined;
  const kind = look !== undefined && alike > summary.seen / 2 ? look : named;
  const personal = kind === undefined ? undefined : codeOfKind(kind);
  if (personal !== undefined) {
    use("faker");
    if (personal.startsWith("unique")) use("unique");
    return personal;
  }
  if (isEnumerated) {
    use("weighted");
    const weights = [...summary.texts]
      .sort(([, a], [, b]) => b - a)
      .map(([text, count]) => `${keyText(text)}: ${count}`);
    return `weighted({ ${weights.join(", ")} })`;
  }
  const { min, max } = summary.lengths;
  use("int");
  if (max > 80) {
    use("prose");
    return `prose(int(${min}, ${max}))`;
  }
  use("faker");
  return `faker.string.alphanumeric(int(${min}, ${max}))`;
}

/** A few texts that return. When masked: each in several documents, and each a word of a program's, not of a person's. */
function isEnumeration({ texts, hasManyTexts, seen }: FieldSummary, isMasked: boolean): boolean {
  if (hasManyTexts || texts.size === 0 || texts.size > seen / 2) return false;
  return !isMasked || [...texts].every(([text, count]) => count >= leastAlike && /^[A-Za-z][\w-]{0,23}$/.test(text));
}

function numbersOf({ numbers }: FieldSummary, context: WritingContext): string {
  context.use("int");
  return `int(${rounded(numbers.min, context, Math.floor)}, ${rounded(numbers.max, context, Math.ceil)})`;
}

function writeDate({ dates }: FieldSummary, { now, isMasked }: WritingContext): string {
  const days = Math.max(1, Math.ceil((dates.max - dates.min) / dayMs));
  if (dates.max > now - 30 * dayMs && dates.max <= now + dayMs) return `dateIn({ last: "${days}d" })`;
  const text = (time: number) => {
    const iso = new Date(time).toISOString();
    return isMasked ? iso.slice(0, 10) : iso;
  };
  return `dateIn({ from: "${text(dates.min)}", to: "${text(dates.max + (isMasked ? dayMs : 1))}" })`;
}

/** The ends of a range are values of somebody: when masked, two digits of them are enough. */
function rounded(value: number, { isMasked }: WritingContext, towards: (value: number) => number): number {
  if (!isMasked) return towards(value);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) - 1);
  return towards(value / unit) * unit;
}

function choice(chance: number, first: string, second: string, { use }: WritingContext): string {
  use("chance");
  return `chance(${share(chance)}) ? ${first} : ${second}`;
}

const share = (value: number): number => Number(value.toFixed(2));

const keyText = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

function mostOften<Key>(
  counts: ReadonlyMap<Key, number>,
  besides: Key | undefined,
): readonly [Key | undefined, number] {
  let best: readonly [Key | undefined, number] = [undefined, 0];
  for (const [key, count] of counts) if (key !== besides && count > best[1]) best = [key, count];
  return best;
}
