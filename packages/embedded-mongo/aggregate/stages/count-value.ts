import { toIntOrLong } from "../../values/convert-numbers.ts";
import type { Value } from "../../values/document.ts";

/** A count as the smaller of int and long. */
export const countValue = (count: number): Value => toIntOrLong(BigInt(count));
