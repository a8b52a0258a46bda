import { MongoError } from "../../errors/mongo-error.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { constantOf } from "../expressions/expression.ts";
import { asInteger, typeName } from "../expressions/values.ts";
import { countValue } from "../stages/count-value.ts";
import type { WindowCompiler, WindowContext, WindowFunction, WindowTable } from "./window-function.ts";

/** `$rank`, `$denseRank`, `$documentNumber`, and `$shift`, which looks at another document. */
export const rankingFunctions: WindowTable = {
  $documentNumber: ranking((_, index) => index + 1),
  $rank: ranking((isPeer, index, previous) => (isPeer ? previous : index + 1)),
  $denseRank: ranking((isPeer, _, previous) => (isPeer ? previous : previous + 1)),
  $shift: compileShift,
};

function ranking(next: (isPeer: boolean, index: number, previous: number) => number): WindowCompiler {
  return (argument, context, name) => {
    needOrder(context, name);
    if (!(argument instanceof Document) || argument.size > 0) {
      throw new MongoError(5371603, `${name} must be specified with '{}' as the value`);
    }
    if (context.bounds) throw new MongoError(5371601, `Rank style window functions take no other arguments`);
    if (name !== "$documentNumber" && context.order?.parts.length !== 1) {
      throw new MongoError(
        5371602,
        `${name} must be specified with a top level sortBy expression with exactly one element`,
      );
    }
    return ({ documents, isPeer }) => {
      let rank = 0;
      return documents.map((_, index) => {
        rank = next(index > 0 && isPeer(index - 1, index), index, rank);
        return countValue(rank);
      });
    };
  };
}

/** @throws MongoError 5371602 */
export function needOrder({ order }: WindowContext, name: string): void {
  if (!order) throw new MongoError(5371602, `${name} must be specified with a top level sortBy expression`);
}

function compileShift(argument: Value, context: WindowContext): WindowFunction {
  if (!(argument instanceof Document)) throw new MongoError("FailedToParse", `Argument to $shift must be an object`);
  for (const name of argument.fields().keys()) {
    if (!["output", "by", "default"].includes(name)) {
      throw new MongoError("FailedToParse", `Unknown argument in $shift: ${name}`);
    }
  }
  if (!context.order) throw new MongoError("FailedToParse", "'$shift' requires a sortBy");
  if (context.bounds) throw new MongoError("FailedToParse", "'$shift' does not accept a 'window' field");
  const [output, by, fallback] = ["output", "by", "default"].map((name) => argument.get(name));
  if (output === undefined) throw new MongoError("FailedToParse", "'$shift' requires an 'output' expression");
  const distance = by === undefined ? undefined : asInteger(by);
  if (distance === undefined)
    throw new MongoError("FailedToParse", `'$shift:by' field must be an integer, but found ${typeName(by)}`);
  const expression = context.compiler.compile(output);
  const other = context.compiler.compile(fallback ?? null);
  if (!constantOf(other))
    throw new MongoError("FailedToParse", "'$shift:default' expression must yield a constant value.");
  return ({ documents }) =>
    documents.map((_, index) => {
      const document = documents[index + distance];
      return document ? (expression(document, undefined) ?? null) : other(emptyDocument, undefined);
    });
}
