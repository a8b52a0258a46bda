import { accumulatingFunctions } from "./accumulating.ts";
import { calculusFunctions } from "./calculus.ts";
import { gapFunctions } from "./gaps.ts";
import { rankingFunctions } from "./ranking.ts";
import { statisticsFunctions } from "./statistics.ts";
import type { WindowCompiler } from "./window-function.ts";

/** Every window function, by name. A new family is added to the list. */
export const windowFunctions: ReadonlyMap<string, WindowCompiler> = new Map(
  [accumulatingFunctions, calculusFunctions, gapFunctions, rankingFunctions, statisticsFunctions].flatMap((family) =>
    Object.entries(family),
  ),
);
