import { MongoError } from "../errors/mongo-error.ts";
import { compareBytes } from "../values/compare.ts";
import type { Document } from "../values/document.ts";
import { formatValue } from "../values/format-value.ts";
import { equalityKeyOf } from "./equality-key.ts";
import { type CollationSettings, parseSpecification } from "./specification.ts";

/** How strings compare in an operation or an index. Binary comparison (`simple`) is the absence of a collation. */
export interface Collation {
  /** All fields with their defaults filled in, as listCollections and explain tell them. */
  readonly specification: Document;
  /** Negative, zero or positive. */
  compare(left: string, right: string): number;
  /**
   * The same key for all strings that are equal, so that an index finds them; strings that differ may share one, so what is found is compared again. The
   * keys do not sort as the strings do: such an index gives no ranges and no order of strings.
   */
  key(text: string): string;
}

/**
 * Reads a collation document (manual, "Collation"); undefined for `simple`. Strings compare by ICU's rules, which Node carries.
 * @throws MongoError BadValue, TypeMismatch and others
 */
export function parseCollation(document: Document | undefined): Collation | undefined {
  if (!document) return undefined;
  const settings = parseSpecification(document);
  if (settings.locale === "simple") return undefined;
  const name = formatValue(settings.document);
  const kept = made.get(name);
  if (kept) return kept;
  const collation: Collation = {
    specification: settings.document,
    compare: compareOf(settings, tagOf(settings.locale, document)),
    key: equalityKeyOf(settings.locale),
  };
  if (made.size > 100) made.clear();
  made.set(name, collation);
  return collation;
}

// A collator takes a millisecond to make.
const made = new Map<string, Collation>();

function compareOf(settings: CollationSettings, tag: string): Collation["compare"] {
  const { strength, isShifted } = settings;
  const { compare } = collatorOf(settings, tag, isShifted);
  if (strength < 4) return compare;
  // The fourth level compares what `shifted` ignored, the fifth the code points (Unicode Technical Standard 10, section 4).
  const fourth = isShifted ? collatorOf(settings, tag, false).compare : () => 0;
  const fifth = strength === 5 ? compareBytes : () => 0;
  return (left, right) =>
    compare(left, right) || fourth(left, right) || fifth(left.normalize("NFD"), right.normalize("NFD"));
}

function collatorOf(settings: CollationSettings, tag: string, ignorePunctuation: boolean): Intl.Collator {
  const { strength, caseLevel, caseFirst, numericOrdering: numeric } = settings;
  const sensitivity =
    strength === 1 ? (caseLevel ? "case" : "base") : strength === 2 && !caseLevel ? "accent" : "variant";
  const order = caseFirst === "off" ? "false" : caseFirst === "upper" ? "upper" : "lower";
  return new Intl.Collator(tag, { sensitivity, caseFirst: order, numeric, ignorePunctuation });
}

// MongoDB's names of variants, in the words of BCP 47.
const variants: ReadonlyMap<string, string> = new Map([
  ["phonebook", "phonebk"],
  ["traditional", "trad"],
  ["dictionary", "dict"],
  ["gb2312han", "gb2312"],
]);

function tagOf(locale: string, document: Document): string {
  const [, base = "", variant] = locale.match(/^([A-Za-z]{2,3}(?:_[A-Za-z0-9]+)*)(?:@collation=([a-z0-9]+))?$/) ?? [];
  const tag = base.replaceAll("_", "-");
  try {
    if (base !== "" && Intl.Collator.supportedLocalesOf([tag]).length > 0) {
      return variant === undefined ? tag : `${tag}-u-co-${variants.get(variant) ?? variant}`;
    }
  } catch {
    // Not even the form of a language tag.
  }
  throw new MongoError("BadValue", `Field 'locale' is invalid in: ${formatValue(document)}`);
}
