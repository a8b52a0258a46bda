import type { RecordId } from "./store.ts";

// 48 bits: a million records a second for nine years.
const idBytes = 6;

export function recordKey(collection: number, id: RecordId): Buffer {
  const key = Buffer.allocUnsafe(4 + idBytes);
  key.writeUInt32BE(collection, 0);
  key.writeUIntBE(id, 4, idBytes);
  return key;
}

export const recordIdOf = (key: Buffer): RecordId => key.readUIntBE(key.length - idBytes, idBytes);

/** Everything under one number, in records or entries. */
export const spanOf = (
  number: number,
): { readonly from: Buffer; readonly to: Buffer; readonly isReverse: boolean } => ({
  from: numberKey(number),
  to: numberKey(number + 1),
  isReverse: false,
});

export function numberKey(number: number): Buffer {
  const key = Buffer.allocUnsafe(4);
  key.writeUInt32BE(number, 0);
  return key;
}
