import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Result } from "../expressions/expression.ts";
import { mergeInto } from "../expressions/objects.ts";
import { Sum } from "../expressions/sum.ts";
import { sizeOf } from "../spill/size-of.ts";
import { valueKey } from "../value-key.ts";
import { type Accumulator, type AccumulatorTable, of } from "./accumulator.ts";

// As much as one array may take while it is gathered (the server's parameters internalQueryMaxPushBytes and internalQueryMaxAddToSetBytes).
const mostBytes = 100 * 1024 * 1024;

/** `$push`, `$addToSet`, `$mergeObjects` and `$count`. */
export const collectingAccumulators: AccumulatorTable = {
  $push: of((_, name) => startPush(name)),
  $addToSet: of(({ options }, name) => {
    const known = new Map<string, Value>();
    const room = limited(name);
    return {
      add: (value) => {
        if (value === undefined) return;
        const key = valueKey(value, options.collation);
        if (known.has(key)) return;
        room(value);
        known.set(key, value);
      },
      result: () => [...known.values()],
    };
  }),
  $mergeObjects: of(() => {
    const merged = new Map<string, Value>();
    return { add: (value) => mergeInto(merged, value), result: () => Document.of(new Map(merged)) };
  }),
  $count: (argument, compiler, name) => {
    if (!(argument instanceof Document) || argument.size > 0) {
      throw new MongoError("TypeMismatch", `${name} takes no arguments, i.e. $count:{}`);
    }
    return { input: compiler.compile(int32(1)), start: startCount };
  },
};

function startPush(name: string): Accumulator {
  const items: Value[] = [];
  const room = limited(name);
  return {
    add: (value) => {
      if (value === undefined) return;
      room(value);
      items.push(value);
    },
    result: () => [...items],
  };
}

function limited(name: string): (value: Result) => void {
  let bytes = 0;
  return (value) => {
    bytes += sizeOf(value);
    if (bytes > mostBytes) {
      throw new MongoError(
        "ExceededMemoryLimit",
        `${name} used too much memory and cannot spill to disk. Memory limit: ${mostBytes} bytes`,
      );
    }
  };
}

function startCount(): Accumulator {
  const sum = new Sum();
  return { add: () => sum.add(int32(1)), result: () => sum.total() };
}
