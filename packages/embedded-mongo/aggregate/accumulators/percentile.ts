import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { emptyDocument, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { namedParts } from "../expressions/arguments.ts";
import type { Compiler, Expression, Operator, OperatorTable, Result } from "../expressions/expression.ts";
import type { AccumulatorCompiler, AccumulatorTable } from "./accumulator.ts";

interface Percentiles {
  readonly input: Expression;
  readonly ranks: readonly number[];
  readonly isMedian: boolean;
}

/** `$percentile` and `$median`: the least value that at least such a part of all numbers is not above. */
export const percentileAccumulators: AccumulatorTable = {
  $percentile: accumulating,
  $median: accumulating,
};

/** The same over the elements of an array. */
export const percentileOperators: OperatorTable = {
  $percentile: overArray(),
  $median: overArray(),
};

function accumulating(...[argument, compiler, name]: Parameters<AccumulatorCompiler>): ReturnType<AccumulatorCompiler> {
  const percentiles = readPercentiles(argument, compiler, name);
  return {
    input: percentiles.input,
    start: () => {
      const numbers: number[] = [];
      return {
        add: (value) => {
          if (isNumber(value)) numbers.push(toDouble(value));
        },
        result: () => pick(numbers, percentiles),
      };
    },
  };
}

function overArray(): Operator {
  return (argument, compiler, name) => {
    const percentiles = readPercentiles(argument, compiler, name);
    return (document, variables) => {
      const value = percentiles.input(document, variables);
      const items = isArray(value) ? value : [value ?? null];
      return pick(
        items.flatMap((item) => (isNumber(item) ? [toDouble(item)] : [])),
        percentiles,
      );
    };
  };
}

function readPercentiles(argument: Value, compiler: Compiler, name: string): Percentiles {
  const isMedian = name === "$median";
  const required = isMedian ? ["input", "method"] : ["input", "p", "method"];
  const parts = namedParts(argument, name, required, [], { notObject: 7436100, unknown: 40415, missing: 40414 });
  if (parts.get("method") !== "approximate") {
    throw new MongoError("BadValue", "Currently only 'approximate' can be used as percentile 'method'.");
  }
  const ranks = isMedian ? [0.5] : readRanks(compiler.compile(parts.get("p") ?? null)(emptyDocument, undefined));
  return { input: compiler.compile(parts.get("input") ?? null), ranks, isMedian };
}

function readRanks(value: Result): readonly number[] {
  if (!isArray(value) || value.length === 0) {
    throw new MongoError(7750300, "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]");
  }
  return value.map((rank) => {
    const number = isNumber(rank) ? toDouble(rank) : Number.NaN;
    if (!(number >= 0 && number <= 1)) {
      throw new MongoError(7750303, "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]");
    }
    return number;
  });
}

function pick(numbers: number[], { ranks, isMedian }: Percentiles): Result {
  numbers.sort((a, b) => a - b);
  const at = (rank: number) => numbers[Math.max(0, Math.ceil(rank * numbers.length) - 1)] ?? null;
  return isMedian ? at(0.5) : ranks.map(at);
}
