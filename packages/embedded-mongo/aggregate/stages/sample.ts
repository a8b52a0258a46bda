import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { Document } from "../../values/document.ts";
import { Memory } from "../spill/memory.ts";
import { sizeOf } from "../spill/size-of.ts";
import { inBatches } from "./flow.ts";
import type { StageCompiler } from "./stage.ts";

/** `$sample`: as many documents, chosen by chance, each as likely as every other (reservoir sampling), in an order of chance. */
export const compileSample: StageCompiler = (argument, context) => {
  if (!(argument instanceof Document)) throw new MongoError(28745, "the $sample stage specification must be an object");
  for (const [name, value] of argument.fields()) {
    if (name !== "size") throw new MongoError(28748, `unrecognized option to $sample: ${name}`);
    if (!isNumber(value)) throw new MongoError(28746, "size argument to $sample must be a number");
    if (toDouble(value) <= 0) throw new MongoError(28747, "size argument to $sample must be a positive integer");
  }
  const value = argument.get("size");
  if (!isNumber(value)) throw new MongoError(28749, "$sample stage must specify a size");
  const size = Math.trunc(toDouble(value));
  return {
    async *run(source) {
      const memory = new Memory(context, "$sample");
      const chosen: Document[] = [];
      let seen = 0;
      for await (const batch of source) {
        for (const document of batch) {
          seen++;
          if (chosen.length < size) {
            chosen.push(document);
            memory.hold(sizeOf(document));
          } else {
            const place = Math.floor(Math.random() * seen);
            if (place < size) chosen[place] = document;
          }
        }
      }
      shuffle(chosen);
      yield* inBatches(chosen);
    },
  };
};

/** Fisher and Yates. */
function shuffle(items: Document[]): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    const [a, b] = [items[last], items[other]];
    if (a && b) [items[last], items[other]] = [b, a];
  }
}
