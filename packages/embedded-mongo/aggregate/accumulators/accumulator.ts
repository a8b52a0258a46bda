import type { Document, Value } from "../../values/document.ts";
import type { Compiler, Expression, Result } from "../expressions/expression.ts";

/** Gathers the values of one group. */
export interface Accumulator {
  add(value: Result): void;
  /** What was gathered so far; missing when the group has no such field. */
  result(): Result;
}

/** A compiled accumulator of `$group`. */
export interface AccumulatorFactory {
  /** What is gathered of each document. */
  readonly input: Expression;
  /** Begins a group; `group` has the group's `_id` and its fields, for arguments that depend on it. */
  start(group: Document): Accumulator;
}

/** Compiles the argument of an accumulator. @throws MongoError where it has the wrong shape */
export type AccumulatorCompiler = (argument: Value, compiler: Compiler, name: string) => AccumulatorFactory;

/** Accumulators by their names; a family's file exports one, `all-accumulators.ts` lists them. */
export type AccumulatorTable = Readonly<Record<string, AccumulatorCompiler>>;

/** An accumulator of one expression. */
export const of =
  (start: (compiler: Compiler, name: string) => Accumulator): AccumulatorCompiler =>
  (argument, compiler, name) => ({ input: compiler.compile(argument), start: () => start(compiler, name) });
