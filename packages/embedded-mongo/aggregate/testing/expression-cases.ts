import type { Document as Plain } from "mongodb";
import { MongoError } from "../../errors/mongo-error.ts";
import { fromPlain, toExtendedJson, valueFromPlain } from "../../testing/plain.ts";
import { Document, type Value } from "../../values/document.ts";
import { DateValue } from "../../values/scalars.ts";
import { compileExpression } from "../expressions/compile-expression.ts";

/** An expression and what it gives of the table's document. */
export type ExpressionCase = readonly [expression: unknown, expected: unknown];

/** Nothing: the field is not there. */
export const missing = Symbol("missing");

/** An error with this code. */
export const refused = (code: number): { readonly refused: number } => ({ refused: code });

/** Each expression with its answer, as text that shows types and the order of fields. */
export function answersTo(document: Plain, cases: readonly ExpressionCase[]): readonly string[] {
  const input = fromPlain(document);
  return cases.map(([expression]) => `${show(valueFromPlain(expression))} -> ${answerTo(input, expression)}`);
}

/** What the answers have to be. */
export function expectedOf(cases: readonly ExpressionCase[]): readonly string[] {
  return cases.map(([expression, expected]) => `${show(valueFromPlain(expression))} -> ${showExpected(expected)}`);
}

function answerTo(document: Document, expression: unknown): string {
  try {
    const result = compileExpression(valueFromPlain(expression), { now: new DateValue(0) })(document, undefined);
    return result === undefined ? "missing" : show(result);
  } catch (error) {
    if (error instanceof MongoError) return `refused with ${error.code}`;
    throw error;
  }
}

function showExpected(expected: unknown): string {
  if (expected === missing) return "missing";
  const isRefusal = typeof expected === "object" && expected !== null && "refused" in expected;
  return isRefusal ? `refused with ${expected.refused}` : show(valueFromPlain(expected));
}

const show = (value: Value): string => toExtendedJson(Document.from([["v", value]])).slice(5, -1);
