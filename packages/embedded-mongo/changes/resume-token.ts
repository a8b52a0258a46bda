import { MongoError } from "../errors/mongo-error.ts";
import { Document, type Value } from "../values/document.ts";

/** Where a stream goes on: behind an event of the log, or behind the `invalidate` that follows one. */
export interface ResumePoint {
  /** The log's token of the event. */
  readonly token: string;
  readonly isInvalidate: boolean;
  /** Behind this fragment of the event, counted from 1, when it was split. */
  readonly fragment?: number | undefined;
}

/** Behind the digits of the event that an `invalidate` follows: its own token sorts right behind that one. */
const invalidateSuffix = "01";
/** Behind the digits of an event that was split, with the fragment's number in two digits. */
const fragmentSuffix = "02";
const eventDigits = 26;

/** The token of an event, as clients keep it. */
export function resumeToken({ token, isInvalidate, fragment }: ResumePoint): Document {
  const suffix = fragment === undefined ? "" : fragmentSuffix + fragment.toString(16).padStart(2, "0").toUpperCase();
  return Document.from([["_data", token + (isInvalidate ? invalidateSuffix : suffix)]]);
}

/** A token right before an event's own: what is behind it begins with that event. */
export const tokenBefore = (token: string): string =>
  (BigInt(`0x${token}`) - 1n).toString(16).padStart(eventDigits, "0").toUpperCase();

/** Reads a client's token. @throws MongoError TypeMismatch, FailedToParse */
export function readResumeToken(value: Value, option: string): ResumePoint {
  if (!(value instanceof Document))
    throw new MongoError(
      "TypeMismatch",
      `BSON field '$changeStream.${option}' is the wrong type, expected type 'object'`,
    );
  const data = value.get("_data");
  if (typeof data !== "string" || !/^82[0-9A-Fa-f]{24}(01|02[0-9A-Fa-f]{2})?$/.test(data))
    throw new MongoError(
      "FailedToParse",
      `Bad resume token: _data of missing or of wrong type, or not given by this server`,
    );
  const suffix = data.slice(eventDigits);
  return {
    token: data.slice(0, eventDigits),
    isInvalidate: suffix === invalidateSuffix,
    fragment: suffix.startsWith(fragmentSuffix) ? Number.parseInt(suffix.slice(fragmentSuffix.length), 16) : undefined,
  };
}
