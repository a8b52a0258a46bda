import { outsideDataset } from "../errors.ts";
import type { Random } from "../generate/random.ts";

/** What the words of a dataset (`id`, `ref`, `faker` ...) refer to while a document is made. */
export interface Moment {
  readonly random: Random;
  /** Milliseconds since the epoch: the dataset's present. */
  readonly now: number;
  readonly name: string;
  readonly index: number;
  readonly count: number;
  /** 32 bits of dataset, seed and collection. */
  readonly key: number;
  readonly world: World;
}

/** The other documents, and values of the database's own types. */
export interface World {
  countOf(collection: string): number;
  idOf(collection: string, index: number): { toString(): string };
  documentOf(collection: string, index: number): object;
  keyOf(collection: string): number;
  /** The id of the document that is being made in a collection. */
  ownId(name: string): { toHexString(): string };
  /** An ObjectId of 12 bytes. */
  objectId(bytes: Uint8Array): { toHexString(): string };
  /** A value of a BSON type that JavaScript has not. */
  bson(type: BsonType, value: unknown): object;
}

/** BSON's types that JavaScript has no value for (bsonspec.org). */
export type BsonType = "long" | "double" | "decimal" | "binary" | "uuid" | "timestamp" | "minKey" | "maxKey" | "code";

let current: Moment | undefined;

/** The document that is being made. @throws DevError OUTSIDE_DATASET */
export function theMoment(word: string): Moment {
  if (!current) throw outsideDataset(word);
  return current;
}

/** Makes something at a moment; moments nest. */
export function at<T>(moment: Moment, make: () => T): T {
  const before = current;
  current = moment;
  try {
    return make();
  } finally {
    current = before;
  }
}
