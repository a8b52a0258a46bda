import { DevError } from "@drydock/core";
import { badDataset, documentFailed, emptyReference, noSuchCollection, referenceCycle } from "../errors.ts";
import type { Dataset, PerEach } from "../language/dataset.ts";
import type { Parentage } from "../language/document-context.ts";
import { idBytes, type Ref } from "../language/id.ts";
import { at, type BsonType, type World } from "../language/moment.ts";
import type { RedisValue } from "../language/redis-values.ts";
import { Children } from "./children.ts";
import { keyOf, Random } from "./random.ts";
import { makeSource, type Source } from "./source.ts";

/** What decides every byte that a dataset gives. */
export interface GenerationOptions {
  readonly seed: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Other counts than the dataset's, by collection or Redis entry. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Makes values of the database's own types. */
export interface ValueMaker {
  objectId(bytes: Uint8Array): { toHexString(): string };
  bson(type: BsonType, value: unknown): object;
}

/** A key of Redis with its value. */
export interface MadeKey {
  readonly key: string;
  readonly value: RedisValue;
}

// Documents within documents within documents: more is a cycle.
const deepest = 16;

/**
 * Makes the documents of a dataset, any of them at any time: each from the seed, its collection and its index alone, so that workers need
 * no order and share nothing.
 */
export class Generation implements World {
  readonly #dataset: Dataset;
  readonly #options: GenerationOptions;
  readonly #make: ValueMaker;
  readonly #sources = new Map<string, Source>();
  readonly #path: string[] = [];

  /** @throws DevError BAD_DATASET */
  constructor(dataset: Dataset, options: GenerationOptions, make: ValueMaker) {
    this.#dataset = dataset;
    this.#options = options;
    this.#make = make;
    for (const [name, { count, document }] of Object.entries(dataset.collections))
      this.#sources.set(name, this.#source(name, count, document));
    for (const [name, { count = 1, value }] of Object.entries(dataset.extras.redis ?? {}))
      this.#sources.set(entryName(name), this.#source(entryName(name), count, value));
    for (const name of this.#sources.keys()) this.#count(name, []);
  }

  countOf(collection: string): number {
    return this.#sources.get(collection)?.count ?? -1;
  }

  keyOf(collection: string): number {
    return this.#known(collection).key;
  }

  /** How many keys an entry of Redis has. */
  keyCountOf(entry: string): number {
    return this.countOf(entryName(entry));
  }

  idOf(collection: string, index: number): { toString(): string } {
    const source = this.#known(collection);
    if (!this.hasPlainIds(collection)) return idIn(this.documentOf(collection, index)) ?? this.#plainId(source, index);
    if (index >= (source.count ?? 0)) throw emptyReference(collection, this.#path.at(-1) ?? collection);
    return this.#plainId(source, index);
  }

  /** Whether every document has the id that `id` gives: its first document decides, and the others are held to it. */
  hasPlainIds(collection: string): boolean {
    const source = this.#known(collection);
    if (source.hasPlainIds !== undefined) return source.hasPlainIds;
    // While it is found out: a document that refers to its own collection asks again.
    source.hasPlainIds = true;
    if (source.count === 0) return true;
    this.#within(source, collection, 0, () => {
      const document = source.make(source.context);
      source.hasPlainIds = idIn(document) === undefined || idIn(document) === source.ownId;
    });
    return source.hasPlainIds;
  }

  /** @throws DevError DOCUMENT_FAILED, NO_SUCH_COLLECTION, EMPTY_REFERENCE, REFERENCE_CYCLE, BAD_DATASET */
  documentOf(collection: string, index: number): object {
    const source = this.#known(collection);
    const isPlain = this.hasPlainIds(collection);
    return this.#within(source, collection, index, () => {
      const document = source.make(source.context);
      const given = idIn(document);
      if (given === undefined) return { ...document, _id: this.ownId(collection) };
      if (isPlain && given !== source.ownId)
        throw badDataset(
          this.#dataset.name,
          `the first of ${collection} has an id by \`id()\`, and the one of index ${index} has not`,
          "Give all of them an id in the same way.",
        );
      return document;
    });
  }

  ownId(name: string): { toHexString(): string } {
    const source = this.#known(name);
    source.ownId ??= this.#plainId(source, source.moment.index);
    return source.ownId;
  }

  /** @throws as `documentOf` */
  keyAt(entry: string, index: number): MadeKey {
    const source = this.#known(entryName(entry));
    const definition = this.#dataset.extras.redis?.[entry];
    const value = this.#within(source, entryName(entry), index, () => source.make(source.context));
    if (!definition || !isRedisValue(value))
      throw badDataset(
        this.#dataset.name,
        `${entry} gives no value of Redis`,
        "Write `value: () => redis.string(...)`.",
      );
    const { key } = definition;
    return {
      key: typeof key === "string" ? key : this.#within(source, entryName(entry), index, () => key(source.context)),
      value,
    };
  }

  objectId(bytes: Uint8Array): { toHexString(): string } {
    return this.#make.objectId(bytes);
  }

  bson(type: BsonType, value: unknown): object {
    return this.#make.bson(type, value);
  }

  #source(name: string, count: number | PerEach<string>, make: Source["make"]): Source {
    return makeSource({
      name,
      key: keyOf(this.#options.seed, this.#dataset.name, name),
      now: this.#options.now,
      defined: count,
      wanted: this.#options.counts[name.replace(/^redis:/, "")],
      make,
      world: this,
      parentage: (source) => this.#parentage(source),
    });
  }

  /** Counts those that depend on others after them. */
  #count(name: string, path: readonly string[]): number {
    const source = this.#known(name, path.at(-1));
    if (path.includes(name))
      throw badDataset(this.#dataset.name, `each counts the other: ${[...path, name].join(" -> ")}`);
    if (source.count !== undefined) return source.count;
    const { defined, wanted } = source;
    if (typeof defined !== "number") {
      const parents = this.#count(defined.parent, [...path, name]);
      source.children = new Children(source.key ^ 0x5bd1e995, parents, defined.many, wanted);
    }
    const count = typeof defined === "number" ? (wanted ?? defined) : (source.children?.total ?? 0);
    if (!Number.isSafeInteger(count) || count < 0)
      throw badDataset(this.#dataset.name, `${name} has the count ${count}`, "Give it a whole number.");
    source.count = count;
    source.moment.count = count;
    return count;
  }

  #known(name: string, from = this.#path.at(-1) ?? this.#dataset.name): Source {
    const source = this.#sources.get(name);
    if (!source) throw noSuchCollection(name, from, Object.keys(this.#dataset.collections));
    return source;
  }

  #plainId(source: Source, index: number): { toHexString(): string } {
    return this.#make.objectId(idBytes(source.key, index));
  }

  /** Documents that are made within documents leave those as they were. */
  #within<T>(source: Source, name: string, index: number, make: () => T): T {
    if (this.#path.length >= deepest) throw referenceCycle(this.#path.slice(-4));
    const { moment } = source;
    const isNested = this.#path.includes(name);
    const before = { index: moment.index, random: moment.random, ownId: source.ownId };
    if (isNested) moment.random = new Random();
    source.ownId = undefined;
    moment.index = index;
    moment.random.begin(source.key, index);
    this.#path.push(name);
    try {
      return at(moment, make);
    } catch (error) {
      throw error instanceof DevError ? error : documentFailed(name, index, error);
    } finally {
      this.#path.pop();
      moment.index = before.index;
      moment.random = before.random;
      source.ownId = before.ownId;
    }
  }

  #parentage({ defined, children, moment }: Source): Parentage {
    if (typeof defined === "number" || !children)
      throw badDataset(this.#dataset.name, `${moment.name} has no parent`, "Count it with `perEach`.");
    const { parent, sibling } = children.placeOf(moment.index);
    const id: Ref<string> = this.idOf(defined.parent, parent);
    return { id, parent, sibling };
  }
}

// Entries of Redis may have the name of a collection.
const entryName = (name: string): string => `redis:${name}`;

const idIn = (document: object): { toString(): string } | undefined => {
  const id: unknown = "_id" in document ? document._id : undefined;
  return id === undefined || id === null ? undefined : id;
};

const isRedisValue = (value: object): value is RedisValue => "commands" in value && "type" in value;
