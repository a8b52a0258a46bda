import { MongoError } from "../../errors/mongo-error.ts";
import { DateValue, ObjectIdValue, TimestampValue } from "../../values/scalars.ts";
import type { Result } from "../expressions/expression.ts";
import { typeName } from "../expressions/values.ts";

/** The moment of a date, a timestamp or an ObjectId. @throws MongoError 16006 for what has none */
export function momentFrom(value: Result): number {
  const ms = asMoment(value);
  if (ms === undefined) throw new MongoError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
  return ms;
}

/** The same; undefined for what has no moment. */
export function asMoment(value: Result): number | undefined {
  if (value instanceof DateValue) return value.ms;
  if (value instanceof TimestampValue) return value.seconds * 1000;
  if (value instanceof ObjectIdValue) return value.id.readInt32BE(0) * 1000;
  return undefined;
}
