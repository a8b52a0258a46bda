import { decompress } from "./compression.ts";
import { opcode, readHeader } from "./header.ts";
import { readOpMsg } from "./read-op-msg.ts";
import { readOpQuery } from "./read-op-query.ts";
import type { Compressor, WireRequest } from "./request.ts";
import { WireError } from "./wire-error.ts";

/**
 * Reads a whole message of a client. At once, but for a large compressed one. @throws WireError when the connection has to end; MongoError
 * when the client can be told what is wrong with it
 */
export function readMessage(frame: Buffer): WireRequest | Promise<WireRequest> {
  const header = readHeader(frame);
  if (header.opcode !== opcode.compressed) return readPlain(frame, header.opcode, header.requestId, undefined);
  const inner = decompress(frame);
  if (inner.message instanceof Promise)
    return inner.message.then((message) => readPlain(message, inner.opcode, header.requestId, inner.compressor));
  return readPlain(inner.message, inner.opcode, header.requestId, inner.compressor);
}

function readPlain(frame: Buffer, kind: number, requestId: number, compressor: Compressor | undefined): WireRequest {
  if (kind === opcode.msg) return { requestId, form: "msg", compressor, ...readOpMsg(frame) };
  if (kind === opcode.query) {
    const command = readOpQuery(frame);
    const plain = { isReplyAwaited: true, isExhaustAllowed: false, hasChecksum: false };
    return { requestId, form: "query", compressor, command, ...plain };
  }
  throw new WireError(`messages of the kind ${kind} are not known; OP_MSG (${opcode.msg}) is`);
}
