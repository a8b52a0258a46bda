import type { AfterContext } from "./after.ts";
import type { Amount } from "./amounts.ts";
import type { Checked, CheckedEntries } from "./checked.ts";
import type { DocumentContext } from "./document-context.ts";
import type { RedisValue } from "./redis-values.ts";

/** So many for each document of another collection. */
export interface PerEach<Name extends string> {
  readonly parent: Name;
  readonly many: Amount;
}

/**
 * As many as an amount for each document of another collection: one to many.
 * @example orders: { count: perEach("customers", around(4)), document: ({ parent }) => ({ _id: id(), customer: parent }) }
 */
export const perEach = <const Name extends string>(parent: Name, many: Amount): PerEach<Name> => ({ parent, many });

/** An index, as MongoDB's createIndexes takes it (MongoDB manual, createIndexes). */
export interface IndexDefinition {
  readonly key: Readonly<Record<string, 1 | -1 | "text" | "2dsphere" | "2d" | "hashed">>;
  readonly name?: string;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  readonly expireAfterSeconds?: number;
  readonly partialFilterExpression?: object;
  readonly collation?: object;
  readonly [option: string]: unknown;
}

/** A collection of a dataset. */
export interface CollectionDefinition {
  /** How many documents. `dev seed --count customers=1e6` says otherwise. */
  readonly count: number | PerEach<string>;
  /** Made where they do not exist. */
  readonly indexes?: readonly IndexDefinition[];
  /** For a collection that seeding makes; one that exists keeps its own. @example validator: { $jsonSchema: { required: ["email"] } } */
  readonly validator?: object;
  /** Options of a collection that seeding makes: `capped`, `timeseries`, `collation` (MongoDB manual, create). */
  readonly options?: object;
  /** Makes one document: at once, without waiting, and only from what it is given and the words of this module. */
  readonly document: (context: DocumentContext) => object;
}

/** Keys of Redis that are made alike. */
export interface RedisEntry {
  /** How many keys; without it, one. */
  readonly count?: number | PerEach<string>;
  readonly key: string | ((context: DocumentContext) => string);
  readonly value: (context: DocumentContext) => RedisValue;
}

/** What a dataset may have besides collections. */
export interface DatasetExtras {
  /** Keys in Redis, by a name for each kind of them. */
  readonly redis?: Readonly<Record<string, RedisEntry>>;
  /** Runs once when everything is written. */
  readonly after?: (context: AfterContext) => Promise<void>;
  /** The database, where it is not the one that the services use. */
  readonly database?: string;
}

/** A dataset, as `dataset` gives it and a file in seeds/ exports it. */
export interface Dataset {
  readonly kind: "drydock dataset";
  readonly name: string;
  readonly collections: Readonly<Record<string, CollectionDefinition>>;
  readonly extras: DatasetExtras;
}

/**
 * Describes data to begin with: collections of MongoDB, and keys of Redis. The file in seeds/ exports it as its default.
 * @example
 * export default dataset("demo", {
 *   customers: { count: 500, document: () => ({ _id: id(), name: faker.person.fullName() }) },
 *   orders: { count: 2_000, document: ({ pick }) => ({ _id: id(), customer: ref("customers"), item: pick(["tea", "coffee"]) }) },
 * });
 */
export function dataset<
  const Collections extends Readonly<Record<string, CollectionDefinition>>,
  const Extras extends DatasetExtras = DatasetExtras,
>(
  name: string,
  collections: Collections & Checked<Collections>,
  extras?: Extras & CheckedEntries<Extras, Extract<keyof Collections, string>>,
): Dataset {
  return { kind: "drydock dataset", name, collections, extras: extras ?? {} };
}
