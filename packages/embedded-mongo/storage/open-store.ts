import type { Clock } from "@drydock/core";
import { MongoError } from "../errors/mongo-error.ts";
import type { Store } from "./store.ts";

export interface StoreOptions {
  /** Where the data lies; undefined for data that are gone at the end. */
  readonly directory: string | undefined;
  /** Keeps a log of changes, for change streams. */
  readonly isReplicaSet: boolean;
  readonly clock: Clock;
  /** Told of what a person should know: leftovers that were removed, a lock that was taken over. */
  readonly log: (message: string) => void;
}

/** Opens the data. @throws DevError when the folder is of a newer version, taken by another server or not writable */
export function openStore(_options: StoreOptions): Promise<Store> {
  return Promise.reject(new MongoError("InternalError", "The store is not there yet."));
}
