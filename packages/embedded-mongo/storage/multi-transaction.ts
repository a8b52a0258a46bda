import { MongoError } from "../errors/mongo-error.ts";
import type { CatalogCache } from "./catalog.ts";
import { collectionKey } from "./catalog-keys.ts";
import type { ChangeRecorder } from "./change-recorder.ts";
import { commitFailed } from "./commit-failed.ts";
import { DirectChanger } from "./direct-changer.ts";
import type { LmdbChangeLog } from "./lmdb-change-log.ts";
import { type LockHolder, type Locks, writeConflict } from "./locks.ts";
import { Overlay } from "./overlay.ts";
import type { RecordIds } from "./record-ids.ts";
import type { Transaction } from "./store.ts";
import type { State, Tables } from "./tables.ts";
import { TableView } from "./view.ts";
import { Work } from "./work.ts";

export interface TransactionParts {
  readonly tables: Tables;
  readonly directory: string;
  readonly cache: CatalogCache;
  readonly locks: Locks;
  readonly recordIds: RecordIds;
  readonly log: LmdbChangeLog | undefined;
  readonly changes: ChangeRecorder | undefined;
  /** Called when it commits, as a part of what it changes. */
  remember(changer: DirectChanger): void;
  /** Called when it has left something to remove. */
  sweep(): void;
}

/** Writes that are kept in memory on top of a snapshot until they commit at once. */
export class MultiTransaction extends Work implements Transaction {
  readonly #parts: TransactionParts;
  readonly #state: State;
  readonly #overlay: Overlay;
  readonly #holder: LockHolder;
  readonly #end: () => void;
  #isOpen = true;

  constructor(parts: TransactionParts) {
    const { tables, cache, locks, recordIds, changes } = parts;
    let end: () => void = () => {};
    const holder: LockHolder = {
      ended: new Promise((resolve) => {
        end = resolve;
      }),
    };
    const state = tables.state();
    const overlay = new Overlay(new TableView(tables, state), new TableView(tables), locks, holder);
    super({ cache, changer: overlay, recordIds, changes });
    this.#parts = parts;
    this.#state = state;
    this.#overlay = overlay;
    this.#holder = holder;
    this.#end = end;
  }

  async commit(): Promise<void> {
    if (!this.#isOpen) throw new MongoError("NoSuchTransaction", "The transaction has ended.");
    const { tables, log } = this.#parts;
    try {
      if (this.#overlay.isEmpty) return;
      const outcome = await this.#committed(() => tables.transaction(() => this.#apply()));
      if (outcome.error) throw outcome.error;
      if (outcome.time) log?.committed(outcome.time);
      if (this.draft.hasDoomed) this.#parts.sweep();
    } finally {
      this.abort();
    }
  }

  async #committed<T>(commit: () => Promise<T>): Promise<T> {
    try {
      return await commit();
    } catch (error) {
      if (error instanceof MongoError) throw error;
      throw await commitFailed(error, this.#parts.directory);
    }
  }

  abort(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#parts.locks.release(this.#holder);
    this.#state.close();
    this.#end();
  }

  /** Inside of LMDB's write. Does not throw: others are committed with it. */
  #apply(): { error?: unknown; time?: ReturnType<LmdbChangeLog["write"]> } {
    const { tables, locks, log, changes } = this.#parts;
    const changer = new DirectChanger(tables, locks, this.#holder);
    try {
      this.#refuseChangedCollections(changer);
      this.#overlay.applyTo(changer);
      this.finish(changer, false);
      this.#parts.remember(changer);
      // What follows in the same commit sees these changes already.
      locks.release(this.#holder);
      if (!log || !changes || changes.changes.length === 0) return {};
      return { time: log.write(changer, changes.changes, true) };
    } catch (error) {
      changer.undo();
      return { error };
    }
  }

  /** A collection that was dropped, or whose indexes have changed, is another one than this transaction has written. */
  #refuseChangedCollections(current: DirectChanger): void {
    for (const [name, bytes] of this.written) {
      const key = collectionKey(name);
      // What the transaction has changed itself is compared with everything else that it has changed.
      if (this.#overlay.hasChanged("catalog", key)) continue;
      const now = current.get("catalog", key);
      if (!now?.equals(bytes)) throw writeConflict();
    }
  }
}
