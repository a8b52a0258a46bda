import type { Clock } from "@drydock/core";
import { MongoError } from "../errors/mongo-error.ts";
import type { Document } from "../values/document.ts";
import { CatalogCache } from "./catalog.ts";
import { CatalogReader } from "./catalog-reader.ts";
import type { ChangeLog } from "./change-log.ts";
import { ChangeRecorder } from "./change-recorder.ts";
import { commitFailed } from "./commit-failed.ts";
import { forgetStatements, readStatement, rememberStatement } from "./committed-statements.ts";
import { DirectChanger } from "./direct-changer.ts";
import { removeExpired } from "./expired.ts";
import type { FolderLock } from "./folder-lock.ts";
import { IndexBuild } from "./index-build.ts";
import { forgetChanges, LmdbChangeLog } from "./lmdb-change-log.ts";
import { LockedError, Locks } from "./locks.ts";
import type { MemoryFolder } from "./memory-folder.ts";
import { MultiTransaction } from "./multi-transaction.ts";
import { RecordIds } from "./record-ids.ts";
import type {
  BuiltIndexes,
  CommittedStatement,
  Namespace,
  Snapshot,
  Store,
  Transaction,
  WriteOrigin,
  Writer,
} from "./store.ts";
import { Sweep } from "./sweep.ts";
import type { State, Tables } from "./tables.ts";
import { TableView } from "./view.ts";
import { waitForEnd } from "./wait-for-end.ts";
import { Work } from "./work.ts";

export interface LmdbStoreParts {
  readonly directory: string;
  readonly isReplicaSet: boolean;
  readonly clock: Clock;
  readonly tables: Tables;
  readonly lock: FolderLock;
  readonly memory: MemoryFolder | undefined;
  readonly changeLogBytes?: number;
  readonly largeCollection?: number;
}

const defaultLargeCollection = 10_000;

const defaultChangeLogBytes = 128 * 1_048_576;

/** The store of one folder. */
export class LmdbStore implements Store {
  readonly #parts: LmdbStoreParts;
  readonly #tables: Tables;
  readonly #cache: CatalogCache = new CatalogCache();
  readonly #locks: Locks = new Locks();
  readonly #recordIds: RecordIds = new RecordIds();
  readonly #log: LmdbChangeLog | undefined;
  readonly #sweep: Sweep;
  #closing: Promise<void> | undefined;

  private constructor(parts: LmdbStoreParts) {
    this.#parts = parts;
    this.#tables = parts.tables;
    const limits = { maxBytes: parts.changeLogBytes ?? defaultChangeLogBytes };
    this.#log = parts.isReplicaSet ? new LmdbChangeLog(parts.tables, parts.clock, limits) : undefined;
    this.#sweep = new Sweep(parts.tables);
  }

  static async start(parts: LmdbStoreParts): Promise<LmdbStore> {
    const { tables, clock, isReplicaSet } = parts;
    const locks = new Locks();
    if (!isReplicaSet) await tables.transaction(() => forgetChanges(tables, new DirectChanger(tables, locks), clock));
    const store = new LmdbStore(parts);
    store.#sweep.start();
    return store;
  }

  get changes(): ChangeLog | undefined {
    return this.#log;
  }

  snapshot(): Snapshot {
    return new StoreSnapshot(this.#tables, this.#cache);
  }

  async write<T>(work: (writer: Writer) => T, origin: WriteOrigin = {}): Promise<T> {
    for (;;) {
      const outcome = await this.#run(work, origin);
      if (outcome.kind === "done") return outcome.result;
      if (outcome.kind === "failed") throw outcome.error;
      await waitForEnd(outcome.holder, this.#parts.clock, origin.signal);
    }
  }

  async buildIndexes(
    namespace: Namespace,
    specifications: readonly Document[],
    pause: () => Promise<void> | undefined,
  ): Promise<BuiltIndexes | undefined> {
    let unspare: () => void = () => {};
    const { largeCollection = defaultLargeCollection } = this.#parts;
    const begun = await this.write((writer) => {
      const numbered =
        writer instanceof Work ? writer.beginBuild(namespace, specifications, largeCollection) : undefined;
      if (numbered) unspare = this.#sweep.spare(numbered.indexes.map(({ number }) => number));
      return numbered;
    });
    if (!begun) return undefined;
    const build = new IndexBuild(this.#tables, begun.number, begun.indexes, unspare);
    try {
      await build.fill(pause);
      return build;
    } catch (error) {
      build.release();
      throw error;
    }
  }

  async flushed(): Promise<void> {
    await this.#tables.flushed();
  }

  begin(origin: WriteOrigin = {}): Transaction {
    return new MultiTransaction({
      tables: this.#tables,
      directory: this.#parts.directory,
      cache: this.#cache,
      locks: this.#locks,
      recordIds: this.#recordIds,
      log: this.#log,
      remember: (changer) => {
        if (this.#isLasting && origin.statement)
          rememberStatement(changer, origin.statement, undefined, this.#parts.clock.now());
      },
      changes: this.#log && new ChangeRecorder(this.#parts.clock, origin),
      sweep: () => this.#sweep.start(),
    });
  }

  committedStatement(sessionKey: string): CommittedStatement | undefined {
    return this.#isLasting ? readStatement(this.#tables, sessionKey) : undefined;
  }

  async forgetStatements(beforeMs: number): Promise<void> {
    if (this.#isLasting) await forgetStatements(this.#tables, beforeMs);
  }

  get #isLasting(): boolean {
    return this.#parts.memory === undefined;
  }

  removeExpired(): Promise<number> {
    return removeExpired(this, this.#parts.clock.now());
  }

  announce(address: string): void {
    this.#parts.lock.announce(address);
  }

  copyTo(directory: string): Promise<void> {
    return this.#tables.copyTo(directory);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#sweep.stop();
    await this.#tables.close();
    this.#parts.lock.release();
    this.#parts.memory?.remove();
  }

  async #run<T>(work: (writer: Writer) => T, origin: WriteOrigin): Promise<Outcome<T>> {
    let time: ReturnType<LmdbChangeLog["write"]> | undefined;
    let hasDoomed = false;
    const attempt = (): Outcome<T> => {
      const changer = new DirectChanger(this.#tables, this.#locks);
      const changes = this.#log && new ChangeRecorder(this.#parts.clock, origin);
      const writer = new Work({ cache: this.#cache, changer, recordIds: this.#recordIds, changes });
      try {
        const result = work(writer);
        if (changer.blockedBy) throw new LockedError(changer.blockedBy);
        writer.finish(changer, true);
        if (this.#isLasting && origin.statement)
          rememberStatement(changer, origin.statement, result, this.#parts.clock.now());
        if (this.#log && changes && changes.changes.length > 0) time = this.#log.write(changer, changes.changes, false);
        return { kind: "done", result };
      } catch (error) {
        changer.undo();
        const holder = changer.blockedBy;
        return holder ? { kind: "blocked", holder } : { kind: "failed", error };
      } finally {
        hasDoomed = writer.draft.hasDoomed;
        changer.end();
      }
    };
    let outcome: Outcome<T>;
    try {
      outcome = await this.#tables.transaction(attempt);
    } catch (error) {
      if (error instanceof MongoError) throw error;
      throw await commitFailed(error, this.#parts.directory);
    }
    if (hasDoomed) this.#sweep.start();
    if (outcome.kind !== "done") return outcome;
    if (time) this.#log?.committed(time);
    return outcome;
  }
}

type Outcome<T> =
  | { readonly kind: "done"; readonly result: T }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "blocked"; readonly holder: LockedError["holder"] };

class StoreSnapshot extends CatalogReader implements Snapshot {
  #state: State | undefined;

  constructor(tables: Tables, cache: CatalogCache) {
    const state = tables.state();
    super(new TableView(tables, state), cache);
    this.#state = state;
  }

  close(): void {
    this.#state?.close();
    this.#state = undefined;
  }
}
