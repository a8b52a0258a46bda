import type { Operator } from "./expression.ts";

/** Every operator, by name. A new family is added to the list. */
export const operators: ReadonlyMap<string, Operator> = new Map();
