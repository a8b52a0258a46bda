import { promisify } from "node:util";
import { deflateSync, inflate, inflateSync } from "node:zlib";
import { headerBytes, opcode, readHeader, writeHeader } from "./header.ts";
import { maxMessageBytes } from "./limits.ts";
import type { Compressor } from "./request.ts";
import { WireError } from "./wire-error.ts";

/** Those that the handshake offers, best first (OP_COMPRESSED specification). Snappy and zstd need native code on Node 20. */
export const offeredCompressors: readonly string[] = ["zlib"];

const compressorIds: Readonly<Record<Compressor, number>> = { noop: 0, zlib: 2 };

/** Header, the original opcode and size, the compressor's number. */
const prefixBytes: number = headerBytes + 9;

/** From this size on the thread pool does the work: here it would hold up others. */
const asynchronousBytes = 262_144;

/** A compressed message, opened: a whole message again, with a header. */
export interface Decompressed {
  readonly opcode: number;
  readonly compressor: Compressor;
  readonly message: Buffer | Promise<Buffer>;
}

/** Opens an OP_COMPRESSED. @throws WireError, or rejects with it */
export function decompress(frame: Buffer): Decompressed {
  if (frame.length < prefixBytes) throw new WireError("an OP_COMPRESSED is too short");
  const original = frame.readInt32LE(headerBytes);
  const size = frame.readInt32LE(headerBytes + 4);
  const number = frame[headerBytes + 8];
  const content = frame.subarray(prefixBytes);
  if (original === opcode.compressed) throw new WireError("an OP_COMPRESSED is inside another");
  if (size < 0 || size > maxMessageBytes - headerBytes)
    throw new WireError(`an OP_COMPRESSED says that it holds ${size} bytes`);
  if (number === compressorIds.noop)
    return { opcode: original, compressor: "noop", message: withHeader(frame, original, size, content) };
  if (number !== compressorIds.zlib) throw new WireError(`the compressor ${number} was not offered`);
  const finish = (bytes: Buffer) => withHeader(frame, original, size, bytes);
  return { opcode: original, compressor: "zlib", message: inflated(content, size, finish) };
}

function inflated(content: Buffer, size: number, finish: (bytes: Buffer) => Buffer): Buffer | Promise<Buffer> {
  const refuse = (error: unknown): never => {
    if (error instanceof WireError) throw error;
    throw new WireError(`a compressed message does not open: ${error instanceof Error ? error.message : error}`);
  };
  // One byte more than announced, so that a message which holds more is seen and not cut.
  const options = { maxOutputLength: size + 1 };
  if (size >= asynchronousBytes) return promisify(inflate)(content, options).then(finish).catch(refuse);
  try {
    return finish(inflateSync(content, options));
  } catch (error) {
    return refuse(error);
  }
}

function withHeader(frame: Buffer, original: number, size: number, content: Buffer): Buffer {
  if (content.length !== size)
    throw new WireError(`an OP_COMPRESSED says that it holds ${size} bytes and holds ${content.length}`);
  const message = Buffer.allocUnsafe(headerBytes + size);
  writeHeader(message, { ...readHeader(frame), length: message.length, opcode: original });
  content.copy(message, headerBytes);
  return message;
}

/** Wraps a whole message. zlib is asked for speed: on loopback the processor is what is short. */
export function compress(message: Buffer, compressor: Compressor): Buffer {
  const header = readHeader(message);
  const content = message.subarray(headerBytes);
  const packed = compressor === "zlib" ? deflateSync(content, { level: 1 }) : content;
  const result = Buffer.allocUnsafe(prefixBytes + packed.length);
  writeHeader(result, { ...header, length: result.length, opcode: opcode.compressed });
  result.writeInt32LE(header.opcode, headerBytes);
  result.writeInt32LE(content.length, headerBytes + 4);
  result[headerBytes + 8] = compressorIds[compressor];
  packed.copy(result, prefixBytes);
  return result;
}
