import { deflateSync } from "node:zlib";
import { BSON, type Document as Plain } from "mongodb";
import { crc32c } from "./crc32c.ts";
import { writeHeader } from "./header.ts";

/** The BSON bytes of a plain object. */
export const bson = (plain: Plain): Buffer => Buffer.from(BSON.serialize(plain));

const withHeader = (opcode: number, requestId: number, content: Buffer): Buffer => {
  const header = Buffer.alloc(16);
  writeHeader(header, { length: 16 + content.length, requestId, responseTo: 0, opcode });
  return Buffer.concat([header, content]);
};

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};

/** What an OP_MSG is made of. */
export interface MessageParts {
  readonly body: Plain;
  readonly sequences?: Readonly<Record<string, readonly Plain[]>>;
  readonly flags?: number;
  readonly hasChecksum?: boolean;
  readonly requestId?: number;
}

/** An OP_MSG as a driver writes it. */
export function opMsg({ body, sequences = {}, flags = 0, hasChecksum = false, requestId = 7 }: MessageParts): Buffer {
  const sections = [Buffer.from([0]), bson(body)];
  for (const [name, documents] of Object.entries(sequences)) {
    const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map(bson)]);
    sections.push(Buffer.from([1]), int32(content.length + 4), content);
  }
  const plain = Buffer.concat([int32(flags | (hasChecksum ? 1 : 0)), ...sections]);
  if (!hasChecksum) return withHeader(2013, requestId, plain);
  const message = withHeader(2013, requestId, Buffer.concat([plain, Buffer.alloc(4)]));
  message.writeUInt32LE(crc32c(message.subarray(0, -4)), message.length - 4);
  return message;
}

/** An OP_QUERY on a database's `$cmd`. */
export function opQuery(database: string, command: Plain, requestId = 7): Buffer {
  const name = Buffer.from(`${database}.$cmd\0`);
  return withHeader(2004, requestId, Buffer.concat([int32(4), name, int32(0), int32(-1), bson(command)]));
}

/** A message inside OP_COMPRESSED, by zlib. */
export function compressed(message: Buffer): Buffer {
  const content = message.subarray(16);
  const prefix = Buffer.concat([int32(message.readInt32LE(12)), int32(content.length), Buffer.from([2])]);
  return withHeader(2012, message.readInt32LE(4), Buffer.concat([prefix, deflateSync(content)]));
}
