import { MongoError } from "../errors/mongo-error.ts";
import { Document, type Value } from "../values/document.ts";
import { encodeDocument } from "../values/encode.ts";
import { int32 } from "../values/scalars.ts";
import { readResumeToken, resumeToken } from "./resume-token.ts";

/** The most bytes of an event: a document's 16 MiB and 16 KiB for what comes with it (the server's BSONObjMaxInternalSize). */
const maxEventBytes = 16_793_600;

/** An event as the stream gives it. @throws MongoError BSONObjectTooLarge */
export function wholeEvent(event: Document): Document {
  const size = encodeDocument(event).length;
  if (size > maxEventBytes) throw tooLarge(size);
  return event;
}

/**
 * An event in as few fragments as hold it, each with some of its fields and a token of its own (manual, "$changeStreamSplitLargeEvent"); one that
 * is not too large stays whole. @throws MongoError BSONObjectTooLarge for a field that is too large alone
 */
export function splitEvent(event: Document): readonly Document[] {
  if (encodeDocument(event).length <= maxEventBytes) return [event];
  const parts: [string, Value][][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const [name, value] of event.fields()) {
    if (name === "_id") continue;
    const size = encodeDocument(Document.from([[name, value]])).length;
    if (size > maxEventBytes - headBytes) throw tooLarge(size);
    bytes += size;
    if (bytes > maxEventBytes - headBytes) {
      parts.push([]);
      bytes = size;
    }
    parts.at(-1)?.push([name, value]);
  }
  const { token } = readResumeToken(event.get("_id") ?? null, "resumeAfter");
  return parts.map((fields, index) => fragment(token, index + 1, parts.length, fields));
}

// Of a token and the fragment's number.
const headBytes = 256;

const fragment = (token: string, number: number, of: number, fields: readonly [string, Value][]): Document =>
  Document.from([
    ["_id", resumeToken({ token, isInvalidate: false, fragment: number })],
    [
      "splitEvent",
      Document.from([
        ["fragment", int32(number)],
        ["of", int32(of)],
      ]),
    ],
    ...fields,
  ]);

const tooLarge = (size: number): MongoError =>
  new MongoError(
    "BSONObjectTooLarge",
    `BSONObj size: ${size} is invalid. Size must be between 0 and ${maxEventBytes} (16MB): $changeStreamSplitLargeEvent splits large events`,
    [["errorLabels", ["NonResumableChangeStreamError"]]],
  );
