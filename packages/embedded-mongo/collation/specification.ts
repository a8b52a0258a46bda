import { MongoError } from "../errors/mongo-error.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toDouble } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { formatValue } from "../values/format-value.ts";
import { int32 } from "../values/scalars.ts";
import { typeOf } from "../values/types.ts";

/** A collation document, checked. */
export interface CollationSettings {
  readonly locale: string;
  /** 1 to 5. */
  readonly strength: number;
  readonly caseLevel: boolean;
  readonly caseFirst: string;
  readonly numericOrdering: boolean;
  readonly isShifted: boolean;
  /** With all defaults filled in. */
  readonly document: Document;
}

// Every field with what it may be and its default (manual, "Collation", Collation Document).
const choices: ReadonlyMap<string, readonly [values: readonly string[], fallback: string]> = new Map([
  ["caseFirst", [["off", "upper", "lower"], "off"]],
  ["alternate", [["non-ignorable", "shifted"], "non-ignorable"]],
  ["maxVariable", [["punct", "space"], "punct"]],
]);
const flags: readonly string[] = ["caseLevel", "numericOrdering", "normalization", "backwards"];
const names: ReadonlySet<string> = new Set([...choices.keys(), ...flags, "locale", "strength", "version"]);

/** @throws MongoError BadValue, TypeMismatch, 40414, 40415 */
export function parseSpecification(document: Document): CollationSettings {
  for (const name of document.fields().keys()) {
    if (!names.has(name)) throw new MongoError(40415, `BSON field 'collation.${name}' is an unknown field.`);
  }
  const locale = document.get("locale");
  if (locale === undefined)
    throw new MongoError(40414, "BSON field 'collation.locale' is missing but a required field");
  if (typeof locale !== "string") throw wrongType("locale", locale, "string");
  const settings = {
    locale,
    strength: strengthOf(document),
    caseLevel: flagOf(document, "caseLevel"),
    caseFirst: choiceOf(document, "caseFirst"),
    numericOrdering: flagOf(document, "numericOrdering"),
    isShifted: choiceOf(document, "alternate") === "shifted",
  };
  refuseUnsupported(document, settings.isShifted);
  return { ...settings, document: locale === "simple" ? simpleOf(document) : completed(document, settings) };
}

function simpleOf(document: Document): Document {
  if (document.size > 1)
    throw new MongoError(
      "BadValue",
      `Field 'locale' cannot be 'simple' with other fields in: ${formatValue(document)}`,
    );
  return document;
}

/** What Intl has no setting for. */
function refuseUnsupported(document: Document, isShifted: boolean): void {
  if (flagOf(document, "backwards")) {
    throw new MongoError("BadValue", "The collation option 'backwards: true' is not supported by this server");
  }
  if (choiceOf(document, "maxVariable") === "space" && isShifted) {
    throw new MongoError("BadValue", "The collation option 'maxVariable: \"space\"' is not supported by this server");
  }
}

function completed(document: Document, settings: Omit<CollationSettings, "document">): Document {
  return Document.from([
    ["locale", settings.locale],
    ["caseLevel", settings.caseLevel],
    ["caseFirst", settings.caseFirst],
    ["strength", int32(settings.strength)],
    ["numericOrdering", settings.numericOrdering],
    ["alternate", settings.isShifted ? "shifted" : "non-ignorable"],
    ["maxVariable", choiceOf(document, "maxVariable")],
    ["normalization", flagOf(document, "normalization")],
    ["backwards", false],
    ["version", "57.1"],
  ]);
}

function strengthOf(document: Document): number {
  const value = document.get("strength");
  if (value === undefined) return 3;
  if (!isNumber(value)) throw wrongType("strength", value, "number");
  const strength = toDouble(value);
  if ([1, 2, 3, 4, 5].includes(strength)) return strength;
  const reason = "must be an integer 1 through 5";
  throw new MongoError(
    "BadValue",
    `Enumeration value '${formatValue(value)}' for field 'collation.strength' ${reason}`,
  );
}

function flagOf(document: Document, name: string): boolean {
  const value = document.get(name);
  if (value === undefined || typeof value === "boolean") return value === true;
  throw wrongType(name, value, "bool");
}

function choiceOf(document: Document, name: string): string {
  const [values, fallback] = choices.get(name) ?? [[], ""];
  const value = document.get(name);
  if (value === undefined) return fallback;
  if (typeof value !== "string") throw wrongType(name, value, "string");
  if (values.includes(value)) return value;
  throw new MongoError("BadValue", `Enumeration value '${value}' for field 'collation.${name}' is not a valid value.`);
}

const wrongType = (name: string, value: Value, expected: string) =>
  new MongoError(
    "TypeMismatch",
    `BSON field 'collation.${name}' is the wrong type '${typeOf(value).alias}', expected type '${expected}'`,
  );
