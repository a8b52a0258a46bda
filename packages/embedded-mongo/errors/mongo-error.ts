import type { Value } from "../values/document.ts";
import { type CodeName, errorCodes } from "./codes.ts";

/**
 * An error that a client gets: `{ ok: 0, errmsg, code, codeName }`, or one entry of `writeErrors`. Everything else that is thrown while
 * a command runs is a mistake of ours and becomes InternalError.
 */
export class MongoError extends Error {
  readonly code: number;
  /** `Location40324` for errors that MongoDB has given a number only. */
  readonly codeName: string;
  /** More fields of the reply: `keyPattern` and `keyValue` of a duplicate, `errInfo`, `errorLabels`. */
  readonly fields: ReadonlyMap<string, Value>;

  constructor(code: CodeName | number, message: string, fields: Iterable<readonly [string, Value]> = []) {
    super(message);
    this.code = typeof code === "number" ? code : errorCodes[code];
    this.codeName = typeof code === "number" ? `Location${code}` : code;
    this.fields = new Map(fields);
  }
}
