import type { Db, MongoClient } from "mongodb";
import type { CollectionDefinition } from "../seed/language/dataset.ts";
import type { Written } from "../seed/write/worker-protocol.ts";
import { insertDocuments } from "./insert-documents.ts";
import { openMongo } from "./open-mongo.ts";
import { prepareCollection } from "./prepare-collection.ts";

/** A MongoDB database that documents are written to. */
export class MongoTarget {
  readonly #client: MongoClient;
  readonly #db: Db;

  private constructor(client: MongoClient, database: string) {
    this.#client = client;
    this.#db = client.db(database);
  }

  /** @throws the driver's error */
  static async open({ uri, database }: { readonly uri: string; readonly database: string }): Promise<MongoTarget> {
    return new MongoTarget(await openMongo(uri), database);
  }

  /** Makes the collection where it does not exist, and its indexes. True when it was made. @throws DevError INDEX_FAILED, the driver's error */
  prepare(collection: string, definition: CollectionDefinition): Promise<boolean> {
    return prepareCollection(this.#db, collection, definition);
  }

  /** Writes documents; `from` is the index of the first. @throws DevError DOCUMENT_REFUSED, the driver's error */
  insert(collection: string, from: number, documents: readonly object[], mayExist: boolean): Promise<Written> {
    return insertDocuments(this.#db, collection, from, documents, mayExist);
  }

  command(command: object): Promise<Readonly<Record<string, unknown>>> {
    return this.#db.command(command);
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
