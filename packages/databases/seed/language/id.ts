import { theMoment } from "./moment.ts";

declare const kind: unique symbol;

/** What tells an id from other objects, for the types alone. */
export type IdKey = typeof kind;

/** An ObjectId. */
export interface Id {
  readonly [kind]?: "id";
  toHexString(): string;
}

/** The id of a document in the collection `Name`: an ObjectId, or what that collection has as `_id`. */
export interface Ref<Name extends string> {
  readonly [kind]?: { readonly in: Name };
  toString(): string;
}

/**
 * The id of the document that is being made: always the same for the same seed, collection and index, and in the order of the indexes.
 * @example document: () => ({ _id: id(), name: faker.person.fullName() })
 */
export function id(): Id {
  const { world, name } = theMoment("id");
  return world.ownId(name);
}

/** Another ObjectId, for a part of the document. */
export function newId(): Id {
  const { world, random } = theMoment("newId");
  const bytes = Buffer.allocUnsafe(12);
  for (let at = 0; at < 12; at += 4) bytes.writeUInt32BE(random.bits(), at);
  return world.objectId(bytes);
}

// 2024-01-01, in seconds: an ObjectId begins with a time. A fixed one, so that ids do not depend on `now`.
const epoch = 1_704_067_200;

/** An ObjectId's 12 bytes (bson specification, ObjectId): a time, five bytes of the collection, a counter of three. */
export function idBytes(key: number, index: number): Uint8Array {
  // From Node's pool: an array buffer of its own would be the most expensive part of a small document.
  const bytes = Buffer.allocUnsafe(12);
  bytes.writeUInt32BE(epoch + Math.floor(index / 2 ** 24), 0);
  bytes.writeUInt32BE(key, 4);
  bytes.writeUInt32BE((0xd5000000 | (index & 0xffffff)) >>> 0, 8);
  return bytes;
}
