import { MongoError } from "../../errors/mongo-error.ts";
import { compileSort } from "../../sort/sort-order.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { namedParts } from "../expressions/arguments.ts";
import { countOf } from "../expressions/array-ordering.ts";
import type { AccumulatorCompiler, AccumulatorTable } from "./accumulator.ts";

/** `$top`, `$topN`, `$bottom` and `$bottomN`: values of the documents that come first or last by an order. */
export const topAccumulators: AccumulatorTable = {
  $top: ordered(true, false),
  $topN: ordered(true, true),
  $bottom: ordered(false, false),
  $bottomN: ordered(false, true),
};

interface Entry {
  readonly key: readonly Value[];
  readonly output: Value;
}

function ordered(fromTop: boolean, isMany: boolean): AccumulatorCompiler {
  return (argument, compiler, name) => {
    const required = isMany ? ["n", "output", "sortBy"] : ["output", "sortBy"];
    const parts = namedParts(argument, name, required, [], {
      notObject: 5788001,
      unknown: 5788002,
      missing: isMany ? [5788003, 5788004, 5788005] : [5788004, 5788005],
    });
    const sortBy = parts.get("sortBy");
    if (!(sortBy instanceof Document)) {
      throw new MongoError(5788604, `expected 'sortBy' to already be an object in the arguments to ${name}`);
    }
    const order = compileSort(sortBy, compiler.options.collation);
    const output = compiler.compile(parts.get("output") ?? null);
    const n = compiler.compile(parts.get("n") ?? null);
    return {
      // What the order needs is taken from the document, and handed over beside the output.
      input: (document, variables) => [[...order.key(document)], output(document, variables) ?? null],
      start: (group) => {
        const count = isMany ? countOf(n(group ?? emptyDocument, undefined), name) : 1;
        let held: Entry[] = [];
        const cut = () => {
          held.sort((left, right) => order.compareKeys(left.key, right.key));
          held = fromTop ? held.slice(0, count) : held.slice(-count);
        };
        return {
          add: (value) => {
            const [key, result = null] = isArray(value) ? value : [];
            held.push({ key: isArray(key) ? key : [], output: result });
            if (held.length > 2 * count + 100) cut();
          },
          result: () => {
            cut();
            const outputs = held.map((entry) => entry.output);
            return isMany ? outputs : (outputs[0] ?? null);
          },
        };
      },
    };
  };
}
