import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber, type NumberValue } from "../../values/compare-numbers.ts";
import { toInteger } from "../../values/convert-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";

const wrongType = (keyword: string, what: string) =>
  new MongoError("TypeMismatch", `$jsonSchema keyword '${keyword}' must be ${what}`);

/** @throws MongoError TypeMismatch */
export function numberOperand(keyword: string, operand: Value): NumberValue {
  if (!isNumber(operand)) throw wrongType(keyword, "a number");
  return operand;
}

/** A count. @throws MongoError TypeMismatch, FailedToParse */
export function countOperand(keyword: string, operand: Value): number {
  const count = toInteger(numberOperand(keyword, operand));
  if (count !== undefined && count >= 0n) return Number(count);
  throw new MongoError("FailedToParse", `Expected a non-negative integer for $jsonSchema keyword '${keyword}'`);
}

/** @throws MongoError TypeMismatch */
export function objectOperand(keyword: string, operand: Value): Document {
  if (!(operand instanceof Document)) throw wrongType(keyword, "an object");
  return operand;
}

/** @throws MongoError TypeMismatch, FailedToParse for an empty one */
export function arrayOperand(keyword: string, operand: Value): readonly Value[] {
  if (!isArray(operand)) throw wrongType(keyword, "an array");
  if (operand.length === 0)
    throw new MongoError("FailedToParse", `$jsonSchema keyword '${keyword}' cannot be an empty array`);
  return operand;
}

/** Names, each once. @throws MongoError TypeMismatch, FailedToParse */
export function namesOperand(keyword: string, operand: Value): readonly string[] {
  const names = arrayOperand(keyword, operand);
  const texts = names.filter((name) => typeof name === "string");
  if (texts.length < names.length) {
    throw new MongoError("TypeMismatch", `$jsonSchema keyword '${keyword}' must be an array of strings`);
  }
  if (new Set(texts).size < texts.length) {
    throw new MongoError("FailedToParse", `$jsonSchema keyword '${keyword}' array cannot contain duplicate values`);
  }
  return texts;
}

/** @throws MongoError TypeMismatch */
export function booleanOperand(keyword: string, operand: Value): boolean {
  if (typeof operand !== "boolean") throw wrongType(keyword, "a boolean");
  return operand;
}

/** @throws MongoError TypeMismatch */
export function textOperand(keyword: string, operand: Value): string {
  if (typeof operand !== "string") throw wrongType(keyword, "a string");
  return operand;
}
