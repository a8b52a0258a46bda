import { MongoError } from "../errors/mongo-error.ts";
import type { Namespace, Store } from "../storage/store.ts";
import { readUser, type User, userDocument } from "./user.ts";

const namespace: Namespace = { database: "admin", collection: "system.users" };

/** All users: in the collection where mongod keeps them, and in memory for each command's check. */
export class UserStore {
  readonly #store: Store;
  readonly #users = new Map<string, User>();

  private constructor(store: Store) {
    this.#store = store;
  }

  /** Reads the users of a store. */
  static load(store: Store): UserStore {
    const users = new UserStore(store);
    const snapshot = store.snapshot();
    try {
      for (const { document } of snapshot.open(namespace)?.scan() ?? []) {
        const user = readUser(document);
        if (user) users.#users.set(user.id, user);
      }
    } finally {
      snapshot.close();
    }
    return users;
  }

  find(name: string, database: string): User | undefined {
    return this.#users.get(`${database}.${name}`);
  }

  get(id: string): User | undefined {
    return this.#users.get(id);
  }

  all(): readonly User[] {
    return [...this.#users.values()];
  }

  /** @throws MongoError 51003 when there is one of its id */
  async add(user: User): Promise<void> {
    if (this.#users.has(user.id)) throw new MongoError(51003, `User "${user.name}@${user.database}" already exists`);
    await this.#save(user);
  }

  /** Replaces the user of the same id. */
  async replace(user: User): Promise<void> {
    await this.#save(user);
  }

  /** Whether there was one. */
  async remove(id: string): Promise<boolean> {
    await this.#store.write((writer) => {
      const collection = writer.open(namespace);
      const record = collection?.findId(id);
      if (collection && record) collection.remove(record.id, record.document);
    });
    return this.#users.delete(id);
  }

  async #save(user: User): Promise<void> {
    await this.#store.write((writer) => {
      const collection = writer.openOrCreate(namespace);
      const record = collection.findId(user.id);
      if (record) collection.replace(record.id, record.document, userDocument(user));
      else collection.insert(userDocument(user));
    });
    this.#users.set(user.id, user);
  }
}
