/**
 * Keys of the `catalog` database:
 * - `f` -> the folder's format;
 * - `v` -> the catalog's version and the last number that was given to a collection or an index;
 * - `c` and a namespace -> a collection or view: catalog-codec.ts;
 * - `s` and a collection's number -> its counts: collection-counts.ts;
 * - `t` and a session's key -> its newest statement: committed-statements.ts;
 * - `x`, a number and the first letter of a table -> what is left there under this number has to be removed.
 */
export const formatKey: Buffer = Buffer.from("f");
export const versionKey: Buffer = Buffer.from("v");

export const collectionKey = (namespace: string): Buffer => Buffer.from(`c${namespace}`);

/** All keys of collections: from the first up to what is behind the last. */
export const allCollections = { from: Buffer.from("c"), to: Buffer.from("d"), isReverse: false };

export const countsKey = (collection: number): Buffer => numbered("s", collection);

export const doomedKey = (number: number, table: "records" | "entries"): Buffer =>
  Buffer.concat([numbered("x", number), Buffer.from(table.slice(0, 1))]);

export const allDoomed = { from: Buffer.from("x"), to: Buffer.from("y"), isReverse: false };

/** What a doomed key names. */
export const readDoomed = (key: Buffer): { readonly number: number; readonly table: "records" | "entries" } => ({
  number: key.readUInt32BE(1),
  table: key[5] === "r".charCodeAt(0) ? "records" : "entries",
});

function numbered(letter: string, number: number): Buffer {
  const key = Buffer.allocUnsafe(5);
  key.write(letter, 0, "latin1");
  key.writeUInt32BE(number, 1);
  return key;
}
