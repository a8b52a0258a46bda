import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { RegexValue, SymbolValue } from "../values/scalars.ts";
import { compareTest } from "./compare-test.ts";
import { compilePath, firstFieldTest, type PathTest } from "./compile-path.ts";
import type { FieldTest, MatchExpression } from "./expression.ts";
import { geoTest } from "./geo/geo-test.ts";
import { inTest } from "./in-test.ts";
import type { QueryOptions } from "./query-options.ts";
import { type NamedTest, scanFields } from "./scan-fields.ts";

/** A filter as a function. */
export interface Matcher {
  matches(document: Document): boolean;
  /** For a document that matches: the place in the array that the filter matched an element of, which the positional operator `$` stands for. */
  position(document: Document): number | undefined;
}

/** Compiles a filter to closures that decode only the fields it names. `$text` passes: the text index has looked already. */
export function compileMatcher(expression: MatchExpression, options: QueryOptions): Matcher {
  const test = compileAnd(expression.kind === "and" ? expression.children : [expression], options);
  return {
    matches: (document) => test(document),
    position(document) {
      let position: number | undefined;
      test(document, (index) => {
        position = index ?? position;
      });
      return position;
    },
  };
}

/** A test of an array's element by the expression within `$elemMatch` of values, or of an array filter. */
function compileValueTest(expression: MatchExpression, options: QueryOptions): FieldTest {
  switch (expression.kind) {
    case "and": {
      const tests = expression.children.map((child) => compileValueTest(child, options));
      return (value) => tests.every((test) => test(value));
    }
    case "not": {
      const test = compileValueTest(expression.child, options);
      return (value) => !test(value);
    }
    case "elemMatch":
    case "size":
      return arrayTest(expression, options);
    default:
      return (
        fieldTest(expression, options) ?? ((value) => value instanceof Document && compile(expression, options)(value))
      );
  }
}

function compile(expression: MatchExpression, options: QueryOptions): PathTest {
  switch (expression.kind) {
    case "and":
      return compileAnd(expression.children, options);
    case "or":
    case "nor": {
      const tests = expression.children.map((child) => compile(child, options));
      const isNor = expression.kind === "nor";
      return (document, found) => tests.some((test) => test(document, isNor ? undefined : found)) !== isNor;
    }
    case "not": {
      const test = compile(expression.child, options);
      return (document) => !test(document);
    }
    case "always":
    case "text":
      return () => true;
    case "never":
      return () => false;
    case "whole":
      return (document) => expression.test(document);
    case "elemMatch":
      return compileElemMatch(expression, options);
    case "size":
      return compilePath(expression.path, "whole", arrayTest(expression, options));
    default:
      return compilePath(expression.path, "elements", fieldTest(expression, options) ?? (() => false));
  }
}

/** What tests top-level fields is done in one walk through the document, unless the index of the matched element is asked for. */
function compileAnd(children: readonly MatchExpression[], options: QueryOptions): PathTest {
  const tests = children.map((child) => compile(child, options));
  const named = children.map((child) => namedTest(child, options));
  const scan = scanFields(named.filter((test) => test !== undefined));
  if (!scan) return (document, found) => tests.every((test) => test(document, found));
  const others = tests.filter((_, index) => named[index] === undefined);
  return (document, found) => {
    if (found) return tests.every((test) => test(document, found));
    return scan(document) && others.every((test) => test(document));
  };
}

function namedTest(expression: MatchExpression, options: QueryOptions): NamedTest | undefined {
  if (expression.kind === "not") {
    const child = namedTest(expression.child, options);
    return child && { name: child.name, test: (value) => !child.test(value) };
  }
  if (!("path" in expression)) return undefined;
  const isWhole = expression.kind === "elemMatch" || expression.kind === "size";
  const test = isWhole ? arrayTest(expression, options) : fieldTest(expression, options);
  if (!test) return undefined;
  const { path } = expression;
  const isText =
    expression.kind === "compare" && expression.operator === "$eq" && !options.collation && !path.includes(".");
  const text = isText && typeof expression.value === "string" ? expression.value : undefined;
  return { ...firstFieldTest(path, isWhole ? "whole" : "elements", test), text };
}

/** The index of the element is what `$` stands for, so it is looked for and not only tested. */
function compileElemMatch(
  expression: Extract<MatchExpression, { kind: "elemMatch" }>,
  options: QueryOptions,
): PathTest {
  const element = elementTest(expression, options);
  let index = -1;
  const test = compilePath(expression.path, "whole", (value) => {
    index = isArray(value) ? value.findIndex(element) : -1;
    return index >= 0;
  });
  return (document, found) => test(document, found && ((outer) => found(outer ?? index)));
}

function elementTest(
  { child, ofValues }: Extract<MatchExpression, { kind: "elemMatch" }>,
  options: QueryOptions,
): FieldTest {
  if (ofValues) return compileValueTest(child, options);
  const test = compile(child, options);
  return (value) => {
    if (value instanceof Document) return test(value);
    // An array within the array is a document whose fields are named by the indexes.
    return isArray(value) && test(Document.from(value.map((item, index) => [String(index), item])));
  };
}

function arrayTest(
  expression: Extract<MatchExpression, { kind: "elemMatch" | "size" }>,
  options: QueryOptions,
): FieldTest {
  if (expression.kind === "size") return (value) => isArray(value) && value.length === expression.size;
  const element = elementTest(expression, options);
  return (value) => isArray(value) && value.some(element);
}

/** The test of one value at a path. */
function fieldTest(expression: MatchExpression, { collation }: QueryOptions): FieldTest | undefined {
  switch (expression.kind) {
    case "compare":
      return compareTest(expression.operator, expression.value, collation);
    case "in":
      return inTest(expression.values, expression.patterns, collation);
    case "exists":
      return (value) => value !== undefined;
    case "test":
      return expression.test;
    case "geo":
      return geoTest(expression.operator, expression.argument);
    case "regex": {
      const { pattern, value: written } = expression;
      return (value) => {
        if (typeof value === "string") return pattern.test(value);
        if (value instanceof SymbolValue) return pattern.test(value.text);
        return isSameRegex(value, written);
      };
    }
    default:
      return undefined;
  }
}

const isSameRegex = (value: Value | undefined, written: RegexValue): boolean =>
  value instanceof RegexValue && value.pattern === written.pattern && value.options === written.options;
