import type { KeyValue, Span, State, TableName, Tables } from "./tables.ts";

/** One state of the tables: a snapshot, the writer's, or a transaction's with its own changes. */
export interface View {
  get(table: TableName, key: Buffer): Buffer | undefined;
  range(table: TableName, span: Span): Iterable<KeyValue>;
}

/** A view whose tables can be changed; later reads see it. Keys and values are kept: they must not change afterwards. */
export interface Changer extends View {
  /** `before` is what `get` gives: the caller has looked. */
  put(table: TableName, key: Buffer, value: Buffer, before: Buffer | undefined): void;
  remove(table: TableName, key: Buffer, before: Buffer): void;
  /** Puts something new that stays when the rest is undone: the caller sees to it that it is found and removed. */
  load(table: TableName, key: Buffer, value: Buffer): void;
}

/** The state that a token stands for; without one, the newest, or inside of a write what was written. */
export class TableView implements View {
  readonly #tables: Tables;
  readonly #state: State | undefined;

  constructor(tables: Tables, state?: State) {
    this.#tables = tables;
    this.#state = state;
  }

  get(table: TableName, key: Buffer): Buffer | undefined {
    return this.#tables.get(table, key, this.#state);
  }

  range(table: TableName, span: Span): Iterable<KeyValue> {
    return this.#tables.range(table, span, this.#state);
  }
}
