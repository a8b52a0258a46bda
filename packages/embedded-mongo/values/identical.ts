import { Decimal } from "./decimal.ts";
import { Document, type Value } from "./document.ts";
import { encodeDocument, isArray } from "./encode.ts";

/** Whether two values have the same BSON bytes: types, field order and the digits of decimals included. An update that changes nothing is known by this. */
export function identicalValues(left: Value | undefined, right: Value | undefined): boolean {
  if (Object.is(left, right)) return true;
  if (left === undefined || right === undefined || left === null || right === null) return false;
  if (typeof left !== "object" || typeof right !== "object") return false;
  if (left.constructor !== right.constructor) return false;
  if (isArray(left) && isArray(right)) {
    return left.length === right.length && left.every((item, index) => identicalValues(item, right[index]));
  }
  if (left instanceof Decimal && right instanceof Decimal) {
    return (
      left.kind === right.kind &&
      left.isNegative === right.isNegative &&
      left.coefficient === right.coefficient &&
      left.exponent === right.exponent
    );
  }
  if (left instanceof Document && right instanceof Document) {
    return encodeDocument(left).equals(encodeDocument(right));
  }
  return encodeDocument(Document.from([["", left]])).equals(encodeDocument(Document.from([["", right]])));
}
