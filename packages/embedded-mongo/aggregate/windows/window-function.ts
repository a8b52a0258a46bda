import type { SortOrder } from "../../sort/sort-order.ts";
import type { Document, Value } from "../../values/document.ts";
import type { Compiler, Result } from "../expressions/expression.ts";
import type { Bounds } from "./bounds.ts";

/** One partition, sorted, as window functions see it. */
export interface Partition {
  readonly documents: readonly Document[];
  /** Whether two of its documents have the same place in the order. */
  isPeer(left: number, right: number): boolean;
  /** Where the window of a document begins and ends; the end is not in it. */
  windowOf(index: number): readonly [from: number, to: number];
  /** The value that a document is sorted by, for functions of one sort field. */
  sortValue(index: number): Result;
}

/** A compiled window function: all its values over a partition, in order. */
export type WindowFunction = (partition: Partition) => readonly Result[];

/** What a function is compiled with besides its argument. */
export interface WindowContext {
  readonly compiler: Compiler;
  readonly order: SortOrder | undefined;
  readonly bounds: Bounds | undefined;
}

/** Compiles the argument of one window function. @throws MongoError where it has the wrong shape, or no order or window where it needs one */
export type WindowCompiler = (argument: Value, context: WindowContext, name: string) => WindowFunction;

/** Window functions by their names; `all-functions.ts` lists the families. */
export type WindowTable = Readonly<Record<string, WindowCompiler>>;
