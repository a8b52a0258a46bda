import { compareValues } from "../../values/compare.ts";
import type { Value } from "../../values/document.ts";
import { namedParts } from "../expressions/arguments.ts";
import { countOf } from "../expressions/array-ordering.ts";
import type { Compiler, Result } from "../expressions/expression.ts";
import { isNullish } from "../expressions/values.ts";
import { type Accumulator, type AccumulatorCompiler, type AccumulatorTable, of } from "./accumulator.ts";

/** `$first`, `$last`, `$min`, `$max`, and n of each. */
export const choosingAccumulators: AccumulatorTable = {
  $first: of(() => {
    let first: Result;
    let isEmpty = true;
    return {
      add: (value) => {
        if (isEmpty) first = value;
        isEmpty = false;
      },
      result: () => first ?? null,
    };
  }),
  $last: of(() => {
    let last: Result;
    return {
      add: (value) => {
        last = value;
      },
      result: () => last ?? null,
    };
  }),
  $min: of((compiler) => startExtreme(compiler, -1)),
  $max: of((compiler) => startExtreme(compiler, 1)),
  $firstN: some((n) => {
    const items: Value[] = [];
    return {
      add: (value) => {
        if (items.length < n) items.push(value ?? null);
      },
      result: () => [...items],
    };
  }),
  $lastN: some((n) => {
    const items: Value[] = [];
    return {
      add: (value) => {
        items.push(value ?? null);
        if (items.length > n) items.shift();
      },
      result: () => [...items],
    };
  }),
  $minN: some((n, compiler) => startRanked(n, compiler, 1)),
  $maxN: some((n, compiler) => startRanked(n, compiler, -1)),
};

/** Null and missing count only when there is nothing else. */
export function startExtreme({ options }: Compiler, direction: 1 | -1): Accumulator {
  let best: Result;
  return {
    add: (value) => {
      if (isNullish(value)) return;
      if (best === undefined || direction * compareValues(value, best, options.collation?.compare) > 0) best = value;
    },
    result: () => best ?? null,
  };
}

function startRanked(n: number, { options }: Compiler, direction: 1 | -1): Accumulator {
  let items: Value[] = [];
  const cut = () => {
    items.sort((left, right) => direction * compareValues(left, right, options.collation?.compare));
    items = items.slice(0, n);
  };
  return {
    add: (value) => {
      if (isNullish(value)) return;
      items.push(value);
      if (items.length > 2 * n + 100) cut();
    },
    result: () => {
      cut();
      return [...items];
    },
  };
}

/** An accumulator of `{ input, n }`. */
function some(start: (n: number, compiler: Compiler) => Accumulator): AccumulatorCompiler {
  return (argument, compiler, name) => {
    const parts = namedParts(argument, name, ["n", "input"], [], {
      notObject: 5787900,
      unknown: 5787901,
      missing: [5787906, 5787907],
    });
    const n = compiler.compile(parts.get("n") ?? null);
    return {
      input: compiler.compile(parts.get("input") ?? null),
      start: (group) => start(countOf(n(group, undefined), name), compiler),
    };
  };
}
