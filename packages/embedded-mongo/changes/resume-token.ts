import { MongoError } from "../errors/mongo-error.ts";
import { Document, type Value } from "../values/document.ts";

/** Where a stream goes on: behind an event of the log, or behind the `invalidate` that follows one. */
export interface ResumePoint {
  /** The log's token of the event. */
  readonly token: string;
  readonly isInvalidate: boolean;
}

/** Behind the digits of the event that an `invalidate` follows: its own token sorts right behind that one. */
const invalidateSuffix = "01";
const eventDigits = 26;

/** The token of an event, as clients keep it. */
export const resumeToken = ({ token, isInvalidate }: ResumePoint): Document =>
  Document.from([["_data", isInvalidate ? token + invalidateSuffix : token]]);

/** Reads a client's token. @throws MongoError TypeMismatch, FailedToParse */
export function readResumeToken(value: Value, option: string): ResumePoint {
  if (!(value instanceof Document))
    throw new MongoError(
      "TypeMismatch",
      `BSON field '$changeStream.${option}' is the wrong type, expected type 'object'`,
    );
  const data = value.get("_data");
  if (typeof data !== "string" || !/^82[0-9A-Fa-f]{24}(01)?$/.test(data))
    throw new MongoError(
      "FailedToParse",
      `Bad resume token: _data of missing or of wrong type, or not given by this server`,
    );
  return { token: data.slice(0, eventDigits), isInvalidate: data.length > eventDigits };
}
