import { MongoError } from "../../errors/mongo-error.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { type Compiler, type Expression, fold, type Operator, type Result } from "./expression.ts";
import { isNullish } from "./values.ts";

/** The argument as a list: `{ $op: x }` means `{ $op: [x] }`. */
const listOf = (argument: Value): readonly Value[] => (isArray(argument) ? argument : [argument]);

/** The compiled operands. @throws MongoError 16020, 28667 when there are too few or too many */
export function operandsOf(
  argument: Value,
  compiler: Compiler,
  name: string,
  least: number,
  most: number = least,
): readonly Expression[] {
  const items = listOf(argument);
  if (items.length < least || items.length > most) {
    if (least === most) {
      throw new MongoError(
        16020,
        `Expression ${name} takes exactly ${least} arguments. ${items.length} were passed in.`,
      );
    }
    throw new MongoError(
      28667,
      `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${items.length} were passed in.`,
    );
  }
  return items.map((item) => compiler.compile(item));
}

/** An operator of one operand. */
export const unary =
  (apply: (value: Result, name: string) => Result): Operator =>
  (argument, compiler, name) => {
    const operands = operandsOf(argument, compiler, name, 1);
    const [operand] = operands;
    if (!operand) return () => undefined;
    return fold((document, variables) => apply(operand(document, variables), name), operands, emptyDocument);
  };

/** An operator of two operands. */
export const binary =
  (apply: (left: Result, right: Result, name: string, compiler: Compiler) => Result): Operator =>
  (argument, compiler, name) => {
    const operands = operandsOf(argument, compiler, name, 2);
    const [left, right] = operands;
    if (!left || !right) return () => undefined;
    return fold(
      (document, variables) => apply(left(document, variables), right(document, variables), name, compiler),
      operands,
      emptyDocument,
    );
  };

/** An operator of some operands, all evaluated. */
export const variadic =
  (
    apply: (values: readonly Result[], name: string, compiler: Compiler) => Result,
    least = 0,
    most: number = Number.POSITIVE_INFINITY,
  ): Operator =>
  (argument, compiler, name) => {
    const operands = operandsOf(argument, compiler, name, least, most);
    return fold(
      (document, variables) =>
        apply(
          operands.map((each) => each(document, variables)),
          name,
          compiler,
        ),
      operands,
      emptyDocument,
    );
  };

/** An operator of some operands that are evaluated one after the other up to the first that is nullish, which decides. */
export const untilNull =
  (apply: (values: readonly Result[], name: string, compiler: Compiler) => Result): Operator =>
  (argument, compiler, name) => {
    const operands = operandsOf(argument, compiler, name, 0, Number.POSITIVE_INFINITY);
    return fold(
      (document, variables) => {
        const values: Result[] = [];
        for (const operand of operands) {
          const value = operand(document, variables);
          values.push(value);
          if (isNullish(value)) break;
        }
        return apply(values, name, compiler);
      },
      operands,
      emptyDocument,
    );
  };

/** What is said of arguments that are wrong; MongoDB numbers these by operator. */
export interface NamedCodes {
  /** The argument is no document. */
  readonly notObject?: number;
  /** A name that the operator does not have. */
  readonly unknown?: number;
  /** A name that is needed is not there; in the order of the names where they differ. */
  readonly missing?: number | readonly number[];
}

/** The parts of an argument that is a document of named parts. @throws MongoError with the codes given, else FailedToParse */
export function namedParts(
  argument: Value,
  name: string,
  required: readonly string[],
  optional: readonly string[],
  codes: NamedCodes = {},
): ReadonlyMap<string, Value> {
  if (!(argument instanceof Document)) {
    throw new MongoError(codes.notObject ?? "FailedToParse", `${name} only supports an object as its argument`);
  }
  const parts = argument.fields();
  for (const part of parts.keys()) {
    if (required.includes(part) || optional.includes(part)) continue;
    throw new MongoError(codes.unknown ?? "FailedToParse", `Unrecognized argument to ${name}: ${part}`);
  }
  for (const [index, part] of required.entries()) {
    if (parts.has(part)) continue;
    const code = typeof codes.missing === "object" ? codes.missing[index] : codes.missing;
    throw new MongoError(code ?? "FailedToParse", `Missing '${part}' parameter to ${name}`);
  }
  return parts;
}

/** An operator with named parts, each an expression; `apply` gets their values by name. */
export const named =
  <Required extends string, Optional extends string>(
    required: readonly Required[],
    optional: readonly Optional[],
    apply: (values: Readonly<Record<Required | Optional, Result>>, name: string, compiler: Compiler) => Result,
    codes: NamedCodes = {},
  ): Operator =>
  (argument, compiler, name) => {
    const parts = namedParts(argument, name, required, optional, codes);
    const compiled = [...parts].map(([part, value]) => [part, compiler.compile(value)] as const);
    return fold(
      (document, variables) => {
        const values = Object.fromEntries(compiled.map(([part, each]) => [part, each(document, variables)]));
        return apply(values as Record<Required | Optional, Result>, name, compiler);
      },
      compiled.map(([, expression]) => expression),
      emptyDocument,
    );
  };
