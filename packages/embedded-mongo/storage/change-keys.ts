import { MongoError } from "../errors/mongo-error.ts";
import { TimestampValue } from "../values/scalars.ts";

/**
 * A place in the log of changes: the time (4 bytes of seconds, 4 of the ordinal) and the number of the event within its transaction (4). A
 * resume token's `_data` is this in hexadecimal behind 82, the digits that MongoDB's own tokens begin with too.
 */
export function changeKey({ seconds, increment }: TimestampValue, number: number): Buffer {
  const key = Buffer.allocUnsafe(12);
  key.writeUInt32BE(seconds, 0);
  key.writeUInt32BE(increment, 4);
  key.writeUInt32BE(number, 8);
  return key;
}

export const timeOf = (key: Buffer): TimestampValue => new TimestampValue(key.readUInt32BE(0), key.readUInt32BE(4));

const prefix = "82";

export const tokenOf = (key: Buffer): string => prefix + key.toString("hex").toUpperCase();

/** @throws MongoError BadValue for what is no token of ours */
export function readToken(token: string): Buffer {
  if (!/^82[0-9A-Fa-f]{24}$/.test(token)) {
    throw new MongoError("BadValue", `Invalid resume token: ${token.slice(0, 100)} was not given by this server.`);
  }
  return Buffer.from(token.slice(prefix.length), "hex");
}
