import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { Document } from "../../values/document.ts";
import { encodeDocument } from "../../values/encode.ts";
import { BinaryValue, int32, TimestampValue } from "../../values/scalars.ts";
import { unary } from "./arguments.ts";
import type { Operator, OperatorTable } from "./expression.ts";
import { isNullish, typeName } from "./values.ts";

/** What a value is: `$type`, `$isNumber`, `$bsonSize`, `$binarySize`, and the parts of a timestamp. */
export const typeOperators: OperatorTable = {
  $type: unary(typeName),
  $isNumber: unary((value) => isNumber(value)),
  $bsonSize: unary((value) => {
    if (isNullish(value)) return null;
    if (value instanceof Document) return int32(encodeDocument(value).length);
    throw new MongoError(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
  }),
  $binarySize: unary((value) => {
    if (isNullish(value)) return null;
    if (typeof value === "string") return int32(Buffer.byteLength(value));
    if (value instanceof BinaryValue) return int32(value.bytes.length);
    throw new MongoError(51276, `$binarySize requires a string or BinData argument, found: ${typeName(value)}`);
  }),
  $tsSecond: timestampPart((stamp) => stamp.seconds, 5687301),
  $tsIncrement: timestampPart((stamp) => stamp.increment, 5687302),
};

function timestampPart(read: (stamp: TimestampValue) => number, code: number): Operator {
  return unary((value, name) => {
    if (isNullish(value)) return null;
    if (value instanceof TimestampValue) return BigInt(read(value));
    throw new MongoError(code, `Argument to ${name} must be a timestamp, but is ${typeName(value)}`);
  });
}
