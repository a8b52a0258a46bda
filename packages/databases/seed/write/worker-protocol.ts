import type { SerializedError } from "@drydock/core";
import type { GenerationOptions } from "../generate/generation.ts";

/** Where a dataset goes. */
export interface SeedTargets {
  /** `mongodb://...`, and the database's name. */
  readonly mongo?: { readonly uri: string; readonly database: string };
  /** `redis://127.0.0.1:6379/0`. */
  readonly redis?: { readonly uri: string };
}

/** What a worker is asked, by method: the body and the answer. All of it is plain data. */
export interface WorkerMethods {
  /** Loads the file of a dataset. */
  load: { readonly body: { readonly file: string }; readonly answer: LoadedDataset };
  /** Begins a generation, and connects. */
  open: {
    readonly body: { readonly options: GenerationOptions; readonly targets: SeedTargets };
    readonly answer: OpenedDataset;
  };
  /** Makes a collection with its validator, where it does not exist, and its indexes. True when it was made. */
  prepare: { readonly body: { readonly collection: string }; readonly answer: boolean };
  /** Makes documents and writes them; those whose id exists are passed over when `mayExist`. */
  insert: { readonly body: RangeBody; readonly answer: Written };
  /** Makes keys and writes them; a key that exists and was not seeded is refused unless `mayExist`. */
  keys: { readonly body: RangeBody; readonly answer: Written };
  /** Runs the post-step. */
  after: { readonly body: null; readonly answer: null };
  close: { readonly body: null; readonly answer: null };
}

export interface RangeBody {
  /** A collection, or an entry of Redis. */
  readonly name: string;
  readonly from: number;
  /** Not among them. */
  readonly to: number;
  readonly mayExist: boolean;
}

export interface Written {
  readonly written: number;
  readonly bytes: number;
}

/** What a file has, before anything is counted. */
export interface LoadedDataset {
  readonly name: string;
  readonly collections: readonly string[];
  readonly entries: readonly string[];
  readonly database: string | undefined;
  readonly hasAfter: boolean;
}

/** What a generation has. */
export interface OpenedDataset {
  readonly collections: readonly OpenedCollection[];
  readonly entries: readonly { readonly name: string; readonly count: number }[];
}

export interface OpenedCollection {
  readonly name: string;
  readonly count: number;
  /** Whether its ids are those of `idBytes(key, index)`. */
  readonly hasPlainIds: boolean;
}

/** A question to a worker, and its answer. */
export interface WorkerQuestion {
  readonly id: number;
  readonly method: keyof WorkerMethods;
  readonly body: unknown;
}

export type WorkerAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: SerializedError };

/** One end of a channel between threads: a MessagePort, or a Worker. */
export interface SeedPort {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}
