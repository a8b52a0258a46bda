import type { AccumulatorCompiler } from "./accumulator.ts";
import { choosingAccumulators } from "./choosing.ts";
import { collectingAccumulators } from "./collecting.ts";
import { numberAccumulators } from "./numbers.ts";
import { percentileAccumulators } from "./percentile.ts";
import { topAccumulators } from "./top.ts";

/** Every accumulator of `$group`, by name. A new family is added to the list. */
export const accumulators: ReadonlyMap<string, AccumulatorCompiler> = new Map(
  [choosingAccumulators, collectingAccumulators, numberAccumulators, percentileAccumulators, topAccumulators].flatMap(
    (family) => Object.entries(family),
  ),
);
