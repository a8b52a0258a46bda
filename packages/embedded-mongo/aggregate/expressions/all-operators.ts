import { accumulatorOperators } from "../accumulators/as-operators.ts";
import { percentileOperators } from "../accumulators/percentile.ts";
import { dateArithmeticOperators } from "../dates/arithmetic-operators.ts";
import { datePartOperators } from "../dates/part-operators.ts";
import { datePartsOperators } from "../dates/parts-operators.ts";
import { dateTextOperators } from "../dates/text-operators.ts";
import { arithmeticOperators } from "./arithmetic.ts";
import { arrayAccessOperators } from "./array-access.ts";
import { arrayIterationOperators } from "./array-iteration.ts";
import { arrayMakingOperators } from "./array-making.ts";
import { arrayOrderingOperators } from "./array-ordering.ts";
import { bindingOperators } from "./binding.ts";
import { bitwiseOperators } from "./bitwise.ts";
import { conditionalOperators } from "./conditional.ts";
import { convertOperators } from "./convert.ts";
import type { Operator } from "./expression.ts";
import { logicOperators } from "./logic.ts";
import { metadataOperators } from "./metadata.ts";
import { objectOperators } from "./objects.ts";
import { powerOperators } from "./powers.ts";
import { regexOperators } from "./regexes.ts";
import { roundingOperators } from "./rounding.ts";
import { setOperators } from "./sets.ts";
import { specialOperators } from "./special.ts";
import { stringJoiningOperators } from "./string-joining.ts";
import { stringPartOperators } from "./string-parts.ts";
import { stringReplacingOperators } from "./string-replacing.ts";
import { trigonometryOperators } from "./trigonometry.ts";
import { typeOperators } from "./type-operators.ts";

/** Every operator, by name. A new family is added to the list. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  [
    accumulatorOperators,
    arithmeticOperators,
    arrayAccessOperators,
    arrayIterationOperators,
    arrayMakingOperators,
    arrayOrderingOperators,
    bindingOperators,
    bitwiseOperators,
    conditionalOperators,
    convertOperators,
    dateArithmeticOperators,
    datePartOperators,
    datePartsOperators,
    dateTextOperators,
    metadataOperators,
    regexOperators,
    logicOperators,
    objectOperators,
    percentileOperators,
    powerOperators,
    roundingOperators,
    setOperators,
    specialOperators,
    stringJoiningOperators,
    stringPartOperators,
    stringReplacingOperators,
    trigonometryOperators,
    typeOperators,
  ].flatMap((family) => Object.entries(family)),
);
