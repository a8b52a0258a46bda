import { theMoment } from "./moment.ts";

declare const kind: unique symbol;

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
  const bytes = new Uint8Array(12);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < 12; at += 4) view.setUint32(at, random.bits());
  return world.objectId(bytes);
}

// 2024-01-01, in seconds: an ObjectId begins with a time. A fixed one, so that ids do not depend on `now`.
const epoch = 1_704_067_200;

/** An ObjectId's 12 bytes (bson specification, ObjectId): a time, five bytes of the collection, a counter of three. */
export function idBytes(key: number, index: number): Uint8Array {
  const bytes = new Uint8Array(12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, epoch + Math.floor(index / 2 ** 24));
  view.setUint32(4, key);
  view.setUint32(8, (0xd5 << 24) | (index & 0xffffff));
  return bytes;
}
