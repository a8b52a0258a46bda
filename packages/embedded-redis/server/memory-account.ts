import type { Database } from "../keyspace/database.ts";
import { estimateSize } from "./estimate-size.ts";

/** Keeps the estimated size of all data, from when it is switched on: only `maxmemory` needs it. */
export class MemoryAccount {
  #sizes: Map<string, number> | undefined;
  #total = 0;

  /** Bytes; 0 while it is off. */
  get total(): number {
    return this.#total;
  }

  /** Begins or ends; at the beginning all keys are looked at. */
  switch(isOn: boolean, databases: readonly Database[]): void {
    this.#sizes = isOn ? new Map() : undefined;
    this.#total = 0;
    if (!isOn) return;
    for (const database of databases) for (const { key } of database.entries()) this.changed(database, key);
  }

  /** A key changed, came or went. */
  changed(database: Database, key: string): void {
    if (this.#sizes === undefined) return;
    const name = `${database.index}:${key}`;
    const before = this.#sizes.get(name) ?? 0;
    const value = database.peek(key);
    const size = value === undefined ? 0 : estimateSize(key, value, 5);
    if (value === undefined) this.#sizes.delete(name);
    else this.#sizes.set(name, size);
    this.#total += size - before;
  }
}
