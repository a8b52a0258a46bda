import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toInteger } from "../../values/convert-numbers.ts";
import type { Value } from "../../values/document.ts";
import { Document } from "../../values/document.ts";
import { typeName } from "../expressions/values.ts";
import { countValue } from "./count-value.ts";
import type { StageCompiler } from "./stage.ts";

/** `$limit`. It ends its source as soon as it has enough. */
export const compileLimit: StageCompiler = (argument) => {
  const limit = readCount(argument, "$limit", 5107201);
  if (limit === 0) throw new MongoError(15958, "the limit must be positive");
  return {
    async *run(source) {
      let left = limit;
      for await (const batch of source) {
        yield batch.length <= left ? batch : batch.slice(0, left);
        left -= batch.length;
        if (left <= 0) return;
      }
    },
  };
};

/** `$skip`. */
export const compileSkip: StageCompiler = (argument) => {
  const skip = readCount(argument, "$skip", 5107200);
  return {
    async *run(source) {
      let left = skip;
      for await (const batch of source) {
        if (batch.length > left) yield left > 0 ? batch.slice(left) : batch;
        left = Math.max(0, left - batch.length);
      }
    },
  };
};

/** @throws MongoError with the code, for what is no whole number or a negative one */
export function readCount(argument: Value, name: string, code: number): number {
  const count = isNumber(argument) ? toInteger(argument) : undefined;
  if (count === undefined) {
    throw new MongoError(
      code,
      `invalid argument to ${name} stage: Expected an integer, but found ${typeName(argument)}`,
    );
  }
  if (count < 0n)
    throw new MongoError(code, `invalid argument to ${name} stage: Expected a non-negative number, but found ${count}`);
  return Number(count);
}

/** `$count`: one document with the number of documents, or none where there are none. */
export const compileCount: StageCompiler = (argument) => {
  if (typeof argument !== "string") throw new MongoError(40156, "the count field must be a non-empty string");
  if (argument === "") throw new MongoError(40157, "the count field must be a non-empty string");
  if (argument.startsWith("$")) throw new MongoError(40158, "the count field cannot be a $-prefixed path");
  if (argument.includes("\0")) throw new MongoError(40159, "the count field cannot contain a null byte");
  if (argument.includes(".")) throw new MongoError(40160, "the count field cannot contain '.'");
  return {
    async *run(source) {
      let count = 0;
      for await (const batch of source) count += batch.length;
      if (count > 0) yield [Document.from([[argument, countValue(count)]])];
    },
  };
};
