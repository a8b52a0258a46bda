import type { Collation } from "../collation/collation.ts";
import type { Document, Value } from "../values/document.ts";
import type { DateValue } from "../values/scalars.ts";

/** A compiled aggregation expression; undefined is "missing". */
export type Expression = (document: Document) => Value | undefined;

/** What a filter, a projection or an update may need besides its own text. */
export interface QueryOptions {
  readonly collation?: Collation | undefined;
  /** The time that the operation began at: `$$NOW`, `$currentDate`. */
  readonly now: DateValue;
  /** Compiles an aggregation expression with the operation's variables bound (`let`, `$$NOW`); without it, expressions are refused. */
  readonly compileExpression?: ((expression: Value) => Expression) | undefined;
}
