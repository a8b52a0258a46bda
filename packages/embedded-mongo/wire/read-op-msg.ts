import { Document, type Value } from "../values/document.ts";
import { crc32c } from "./crc32c.ts";
import { headerBytes } from "./header.ts";
import { documentEnd, readDocument } from "./read-document.ts";
import type { WireRequest } from "./request.ts";
import { WireError } from "./wire-error.ts";

/** Flag bits; of the lower 16 an unknown one is an error, of the upper ones it is ignored (OP_MSG specification, "Flag bits"). */
export const msgFlag = { checksumPresent: 1, moreToCome: 2, exhaustAllowed: 0x10000 } as const;
const requiredBits = 0xffff;
const knownRequired = msgFlag.checksumPresent | msgFlag.moreToCome;

/** What an OP_MSG adds to its header. */
export type OpMsg = Pick<WireRequest, "command" | "isReplyAwaited" | "isExhaustAllowed" | "hasChecksum">;

/** Reads an OP_MSG, a whole message with its header. @throws WireError, MongoError BSONObjectTooLarge */
export function readOpMsg(frame: Buffer): OpMsg {
  if (frame.length < headerBytes + 5) throw new WireError("an OP_MSG has no section");
  const flags = frame.readUInt32LE(headerBytes);
  if ((flags & requiredBits & ~knownRequired) !== 0)
    throw new WireError(`an OP_MSG has unknown flags: 0x${flags.toString(16)}`);
  const hasChecksum = (flags & msgFlag.checksumPresent) !== 0;
  const end = hasChecksum ? frame.length - 4 : frame.length;
  if (hasChecksum && crc32c(frame.subarray(0, end)) !== frame.readUInt32LE(end))
    throw new WireError("an OP_MSG's checksum is not that of its bytes");
  return {
    command: readSections(frame, headerBytes + 4, end),
    isReplyAwaited: (flags & msgFlag.moreToCome) === 0,
    isExhaustAllowed: (flags & msgFlag.exhaustAllowed) !== 0,
    hasChecksum,
  };
}

/** The one body, and the sequences as its fields. */
function readSections(frame: Buffer, start: number, end: number): Document {
  let body: Document | undefined;
  const sequences = new Map<string, Value>();
  let at = start;
  while (at < end) {
    const kind = frame[at];
    at++;
    if (kind === 0) {
      const until = documentEnd(frame, at, end);
      if (body) throw new WireError("an OP_MSG has two bodies");
      body = readDocument(frame, at, until);
      at = until;
    } else if (kind === 1) {
      at = readSequence(frame, at, end, sequences);
    } else {
      throw new WireError(`an OP_MSG has a section of the unknown kind ${kind}`);
    }
  }
  if (!body) throw new WireError("an OP_MSG has no body");
  return sequences.size === 0 ? body : joined(body, sequences);
}

function readSequence(frame: Buffer, start: number, end: number, sequences: Map<string, Value>): number {
  if (start + 4 > end) throw new WireError("a message ends inside a document sequence");
  const until = start + frame.readInt32LE(start);
  if (until < start + 5 || until > end) throw new WireError("a document sequence reaches over the end of its message");
  const zero = frame.indexOf(0, start + 4);
  if (zero < 0 || zero >= until) throw new WireError("a document sequence's name has no end");
  const name = frame.toString("utf8", start + 4, zero);
  if (sequences.has(name)) throw new WireError(`an OP_MSG has two document sequences "${name}"`);
  const documents: Document[] = [];
  let at = zero + 1;
  while (at < until) {
    const next = documentEnd(frame, at, until);
    documents.push(readDocument(frame, at, next));
    at = next;
  }
  sequences.set(name, documents);
  return until;
}

function joined(body: Document, sequences: ReadonlyMap<string, Value>): Document {
  const fields = new Map(body.fields());
  for (const [name, documents] of sequences) {
    if (fields.has(name)) throw new WireError(`an OP_MSG has "${name}" in its body and as a document sequence`);
    fields.set(name, documents);
  }
  return Document.of(fields);
}
