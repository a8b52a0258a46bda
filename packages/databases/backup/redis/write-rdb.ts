import { openRedis } from "../../redis/open-redis.ts";
import { crc64 } from "../crc64.ts";
import { lengthBytes, opcode, rdbMagic, stringBytes } from "./rdb-format.ts";
import { keyspacesOf, scanKeys } from "./redis-facts.ts";

const footerBytes = 10;

/**
 * An RDB file of what a server says of each key: for servers that give no copy of all, such as managed ones. The keys are read one after the other. A value is
 * DUMP's, whose form is the file's (Redis commands, DUMP). @throws the driver's error
 */
export async function* writeRdb(uri: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const client = await openRedis(uri);
  const crc = crc64("redis");
  const counted = (bytes: Buffer): Buffer => {
    crc.update(bytes);
    return bytes;
  };
  let isBegun = false;
  try {
    for (const number of await keyspacesOf(client)) {
      await client.select(number);
      let isSelected = false;
      for await (const keys of scanKeys(client)) {
        signal.throwIfAborted();
        for (const key of keys) {
          const [dump, expiry] = await Promise.all([client.dumpBuffer(key), client.call("PEXPIRETIME", key)]);
          if (!dump) continue; // it is gone meanwhile
          const version = dump.readUInt16LE(dump.length - footerBytes);
          if (!isBegun) yield counted(Buffer.from(`${rdbMagic}${String(version).padStart(4, "0")}`));
          isBegun = true;
          if (!isSelected) yield counted(Buffer.concat([Buffer.from([opcode.select]), lengthBytes(number)]));
          isSelected = true;
          yield counted(entry(key, dump.subarray(0, dump.length - footerBytes), Number(expiry)));
        }
      }
    }
  } finally {
    client.disconnect();
  }
  if (!isBegun) yield counted(Buffer.from(`${rdbMagic}0009`));
  yield counted(Buffer.from([opcode.end]));
  yield crc.bytes();
}

function entry(key: Buffer, value: Buffer, expiresAt: number): Buffer {
  const expiry = Buffer.alloc(9, opcode.expiryMs);
  if (expiresAt >= 0) expiry.writeBigInt64LE(BigInt(expiresAt), 1);
  return Buffer.concat([
    ...(expiresAt >= 0 ? [expiry] : []),
    value.subarray(0, 1),
    stringBytes(key),
    value.subarray(1),
  ]);
}
