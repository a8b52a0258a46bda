import type { Collation } from "../../collation/collation.ts";
import type { Document, Value } from "../../values/document.ts";
import type { DateValue, TimestampValue } from "../../values/scalars.ts";

/** What an expression gives: a value, or `undefined` where MongoDB says that the field is missing. */
export type Result = Value | undefined;

/** A compiled expression. Pure, but for `$rand`. @throws MongoError as MongoDB's operators do */
export type Expression = (document: Document, variables: Variables) => Result;

/** The variables that `$let`, `$map` and their like have bound, the latest first. Undefined when there are none. */
export type Variables = Frame | undefined;

/** One bound variable. */
export interface Frame {
  readonly name: string;
  readonly value: Result;
  readonly outer: Variables;
}

/** What expressions are compiled with. */
export interface ExpressionOptions {
  /** `$$NOW`: one moment for the whole operation. */
  readonly now: DateValue;
  /** `$$CLUSTER_TIME`, on a replica set. */
  readonly clusterTime?: TimestampValue | undefined;
  /** How strings compare in this operation. */
  readonly collation?: Collation | undefined;
  /** The `let` of the command or of the outer pipeline: known before the first document. */
  readonly constants?: ReadonlyMap<string, Result> | undefined;
  /** Names that are bound by operators around the expression. */
  readonly variables?: ReadonlySet<string> | undefined;
  /** Names that have a meaning in one stage only: DESCEND, PRUNE and KEEP of `$redact`. */
  readonly markers?: ReadonlyMap<string, Value> | undefined;
}

/** What an operator's compiler works with. */
export interface Compiler {
  readonly options: ExpressionOptions;
  compile(value: Value): Expression;
  /** Whether there is such an operator. */
  hasOperator(name: string): boolean;
  /** The same compiler where these variables are bound, too. */
  binding(names: Iterable<string>): Compiler;
}

/** Compiles the argument of one operator. @throws MongoError where the argument has the wrong shape */
export type Operator = (argument: Value, compiler: Compiler, name: string) => Expression;

/** Operators by their names, `$` included. A family's file exports one; `all-operators.ts` lists them. */
export type OperatorTable = Readonly<Record<string, Operator>>;

const constants = new WeakMap<Expression, { readonly value: Result }>();

/** An expression that is always this value. */
export function constant(value: Result): Expression {
  const expression: Expression = () => value;
  constants.set(expression, { value });
  return expression;
}

/** The value of an expression that is always the same; undefined for others. */
export const constantOf = (expression: Expression): { readonly value: Result } | undefined => constants.get(expression);

/** Computes an expression once when all that it works on is constant; one that fails then fails when it is evaluated. */
export function fold(expression: Expression, operands: readonly Expression[], document: Document): Expression {
  if (!operands.every((operand) => constants.has(operand))) return expression;
  try {
    return constant(expression(document, undefined));
  } catch {
    return expression;
  }
}
