import { createHash } from "node:crypto";
import type { RecordId } from "./store.ts";

/**
 * An entry's place in `entries`: the index's number (4 bytes), the key, and unless the index is unique the record id (6 bytes). The value is
 * the record id where the key has none, and a flag. LMDB's keys have at most 1978 bytes: of a longer one there are the first 1,900 bytes and a
 * digest of the whole, and the flag is set: whoever reads it makes the whole key from the document again (scan-index.ts).
 */
const longestKey = 1900;
const digestBytes = 16;
const idBytes = 6;

export interface EntryPlace {
  readonly key: Buffer;
  readonly value: Buffer;
}

const whole = Buffer.from([0]);
const cut = Buffer.from([1]);

/** Where an entry is put. */
export function entryPlace(index: number, isUnique: boolean, key: Buffer, id: RecordId): EntryPlace {
  const isCut = key.length > longestKey;
  const kept = isCut ? longestKey + digestBytes : key.length;
  const place = Buffer.allocUnsafe(4 + kept + (isUnique ? 0 : idBytes));
  place.writeUInt32BE(index, 0);
  key.copy(place, 4, 0, longestKey);
  if (isCut)
    createHash("sha256")
      .update(key)
      .digest()
      .copy(place, 4 + longestKey, 0, digestBytes);
  if (!isUnique) {
    place.writeUIntBE(id, 4 + kept, idBytes);
    return { key: place, value: isCut ? cut : whole };
  }
  const value = Buffer.allocUnsafe(idBytes + 1);
  value.writeUIntBE(id, 0, idBytes);
  value[idBytes] = Number(isCut);
  return { key: place, value };
}

/** An entry as it lies there. */
export interface PlacedEntry {
  /** The key; its first 1,900 bytes when it is cut. */
  readonly key: Buffer;
  readonly id: RecordId;
  readonly isCut: boolean;
}

export function readEntry(isUnique: boolean, place: Buffer, value: Buffer): PlacedEntry {
  const isCut = value[value.length - 1] === 1;
  const end = isCut ? 4 + longestKey : place.length - (isUnique ? 0 : idBytes);
  return {
    key: place.subarray(4, end),
    id: isUnique ? value.readUIntBE(0, idBytes) : place.readUIntBE(place.length - idBytes, idBytes),
    isCut,
  };
}

/** The first bytes of a key as an entry has them, and whether that is less than all. */
export const keptOf = (key: Buffer): Buffer => (key.length > longestKey ? key.subarray(0, longestKey) : key);
