import { MongoError } from "../errors/mongo-error.ts";
import { checkDocument } from "../values/check-document.ts";
import { Document } from "../values/document.ts";
import { maxInternalBytes } from "./limits.ts";
import { WireError } from "./wire-error.ts";

/** Where the document at `at` ends. @throws WireError when it reaches over `end` */
export function documentEnd(bytes: Buffer, at: number, end: number): number {
  if (at + 5 > end) throw new WireError("a message ends inside a document");
  const until = at + bytes.readInt32LE(at);
  if (until < at + 5 || until > end) throw new WireError("a document reaches over the end of its message");
  return until;
}

/**
 * A checked view of the document from `at` to `until`. @throws WireError when its bytes are no BSON; MongoError BSONObjectTooLarge, which
 * the client can be told, when it is too large
 */
export function readDocument(bytes: Buffer, at: number, until: number): Document {
  if (until - at > maxInternalBytes)
    throw new MongoError(
      "BSONObjectTooLarge",
      `BSONObj size: ${until - at} is invalid. Size must be between 0 and ${maxInternalBytes}(16MB)`,
    );
  const problem = checkDocument(bytes, at, until);
  if (problem !== undefined) throw new WireError(problem);
  return Document.read(bytes, at);
}
