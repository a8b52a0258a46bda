import type { Document } from "../values/document.ts";
import { encodeDocument } from "../values/encode.ts";
import { compress } from "./compression.ts";
import { crc32c } from "./crc32c.ts";
import { headerBytes, opcode, writeHeader } from "./header.ts";
import { msgFlag } from "./read-op-msg.ts";
import type { WireRequest } from "./request.ts";

/** A reply to one request. */
export interface Reply {
  /** A number of the server's own. */
  readonly requestId: number;
  /** The request's number, or the earlier reply's when it follows one. */
  readonly responseTo: number;
  readonly document: Document;
  /** Another reply follows without a request. */
  readonly isMoreToCome: boolean;
}

/** The bytes of a reply, in the form, with the compression and with the checksum of its request. */
export function writeReply(reply: Reply, request: Pick<WireRequest, "form" | "hasChecksum" | "compressor">): Buffer {
  const message = request.form === "msg" ? writeOpMsg(reply, request.hasChecksum) : writeOpReply(reply);
  return request.compressor === undefined ? message : compress(message, request.compressor);
}

function writeOpMsg(reply: Reply, hasChecksum: boolean): Buffer {
  const body = encodeDocument(reply.document);
  const start = headerBytes + 5;
  const message = Buffer.allocUnsafe(start + body.length + (hasChecksum ? 4 : 0));
  writeHeader(message, { ...reply, length: message.length, opcode: opcode.msg });
  const flags = (hasChecksum ? msgFlag.checksumPresent : 0) | (reply.isMoreToCome ? msgFlag.moreToCome : 0);
  message.writeUInt32LE(flags, headerBytes);
  message[headerBytes + 4] = 0;
  body.copy(message, start);
  if (hasChecksum) message.writeUInt32LE(crc32c(message.subarray(0, -4)), message.length - 4);
  return message;
}

/** The server can await data: the only flag that drivers of this age look at (MongoDB wire protocol, OP_REPLY). */
const awaitCapable = 8;

function writeOpReply(reply: Reply): Buffer {
  const body = encodeDocument(reply.document);
  const message = Buffer.alloc(headerBytes + 20 + body.length);
  writeHeader(message, { ...reply, length: message.length, opcode: opcode.reply });
  message.writeInt32LE(awaitCapable, headerBytes);
  // No cursor, and this is document 0 of 1.
  message.writeInt32LE(1, headerBytes + 16);
  body.copy(message, headerBytes + 20);
  return message;
}
