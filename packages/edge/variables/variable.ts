import type { Exchange } from "../exchange.ts";

/** Gives a variable's value for a request; undefined where it has none. */
export type Variable = (exchange: Exchange) => string | undefined;

/** Variables of one family by their names without `$`. */
export type Variables = Readonly<Record<string, Variable>>;
