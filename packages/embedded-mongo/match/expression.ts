import type { Document, Value } from "../values/document.ts";
import type { RegexValue } from "../values/scalars.ts";

/**
 * A filter that was parsed: what the matcher evaluates and the planner looks for bounds in. `path` is dotted as it was written; empty, it is the
 * element itself, within `elemMatch` of values. A missing field is `undefined`.
 */
export type MatchExpression =
  | { readonly kind: "and" | "or" | "nor"; readonly children: readonly MatchExpression[] }
  /** `{ path: { $not: ... } }`, and `$ne`, `$nin` as their contraries. */
  | { readonly kind: "not"; readonly child: MatchExpression }
  | { readonly kind: "always" | "never" }
  | {
      readonly kind: "compare";
      readonly path: string;
      readonly operator: CompareOperator;
      readonly value: Value;
    }
  /** A regular expression among the values is matched by `patterns`, and is in `values` too: it equals itself. */
  | {
      readonly kind: "in";
      readonly path: string;
      readonly values: readonly Value[];
      readonly patterns: readonly TextPattern[];
    }
  /** `prefix` is what every matching string begins with, when the pattern says so. `value` is what was written, which equals itself. */
  | {
      readonly kind: "regex";
      readonly path: string;
      readonly pattern: TextPattern;
      readonly prefix: string | undefined;
      readonly value: RegexValue;
    }
  | { readonly kind: "exists"; readonly path: string }
  /** One array element meets all of `child`, whose paths are relative to the element. */
  | { readonly kind: "elemMatch"; readonly path: string; readonly child: MatchExpression; readonly ofValues: boolean }
  | { readonly kind: "size"; readonly path: string; readonly size: number }
  /** What no index helps with: `$type`, `$mod`, bit tests. */
  | { readonly kind: "test"; readonly path: string; readonly name: string; readonly test: FieldTest }
  /** A test of the whole document: `$expr`, `$jsonSchema`, `$sampleRate`. */
  | { readonly kind: "whole"; readonly name: string; readonly argument: Value; test(document: Document): boolean }
  /** `$text`, answered by a text index; `$near` and the other geographic operators carry their parsed argument. */
  | { readonly kind: "text"; readonly search: Document }
  | { readonly kind: "geo"; readonly path: string; readonly operator: GeoOperator; readonly argument: Value };

export type CompareOperator = "$eq" | "$lt" | "$lte" | "$gt" | "$gte";
export type GeoOperator = "$geoWithin" | "$geoIntersects" | "$near" | "$nearSphere";

/** What a regular expression is for: a `RegExp` is one. */
export interface TextPattern {
  test(text: string): boolean;
}

/** Whether a value at a path passes; it is asked for the value itself and, for an array, for each of its elements. */
export type FieldTest = (value: Value | undefined) => boolean;
