import type { Db, MongoClient } from "mongodb";
import { keyOf } from "../seed/generate/random.ts";
import { idBytes } from "../seed/language/id.ts";
import type { FoundPlace, SeedMark } from "../seed/write/plan-seed.ts";
import { openMongo } from "./open-mongo.ts";

/** Where seeding notes what it has made, one document for each collection. */
export const marksName = "_drydock";

/** A mark as it is kept. */
export interface MarkDocument {
  readonly _id: string;
  readonly mark: SeedMark;
  readonly at: Date;
}

/** What was seeded into a MongoDB database, kept in the database itself, so that it goes where the data goes. */
export class MongoSeedMarks {
  readonly #client: MongoClient;
  readonly #db: Db;

  private constructor(client: MongoClient, database: string) {
    this.#client = client;
    this.#db = client.db(database);
  }

  /** @throws the driver's error */
  static async open({ uri, database }: { readonly uri: string; readonly database: string }): Promise<MongoSeedMarks> {
    return new MongoSeedMarks(await openMongo(uri, 2), database);
  }

  /** How collections are found. */
  async find(names: readonly string[]): Promise<readonly FoundPlace[]> {
    const marks = await this.#marks.find({ _id: { $in: names.map(idOf) } }).toArray();
    return Promise.all(
      names.map(async (name) => ({
        kind: "collection" as const,
        name,
        isEmpty: (await this.#db.collection(name).findOne({}, { projection: { _id: 1 } })) === null,
        mark: marks.find(({ _id }) => _id === idOf(name))?.mark,
      })),
    );
  }

  /** One mark, as it was noted. */
  async read(name: string): Promise<SeedMark | undefined> {
    return (await this.#marks.findOne({ _id: idOf(name) }))?.mark;
  }

  async note(mark: SeedMark): Promise<void> {
    await this.#marks.replaceOne({ _id: idOf(mark.name) }, { mark, at: new Date() }, { upsert: true });
  }

  /** Removes all documents; a collection that seeding made goes whole, others keep their validator and indexes. */
  async empty(name: string, mark: SeedMark | undefined): Promise<void> {
    if (mark?.isOurs) await this.#db.dropCollection(name);
    else await this.#db.collection(name).deleteMany({});
    await this.#marks.deleteOne({ _id: idOf(name) });
  }

  /** Removes what an interrupted run wrote, where that is known by its ids; else answers false when others are among them. */
  async emptyOwn(name: string, mark: SeedMark, hasPlainIds: boolean): Promise<boolean> {
    const collection = this.#db.collection(name);
    if (hasPlainIds) {
      const key = keyOf(mark.seed, mark.dataset, name);
      const { valueMaker } = await import("./value-maker.ts");
      const idAt = (index: number) => valueMaker.objectId(idBytes(key, index));
      await collection.deleteMany({ _id: { $gte: idAt(0), $lt: idAt(mark.count) } } as object);
      if ((await collection.findOne({}, { projection: { _id: 1 } })) === null) return true;
    }
    return false;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  get #marks() {
    return this.#db.collection<MarkDocument>(marksName);
  }
}

const idOf = (name: string): string => `seed:${name}`;
