/** One database of a server, as large as it is now. */
export interface MeasuredDatabase {
  readonly name: string;
  /** Of MongoDB: documents, uncompressed, and indexes. Of Redis: all that the server keeps in memory, told once, at its first database. */
  readonly bytes: number;
  /** `3 collections, 2,550 documents`. */
  readonly holds: string;
  /** The datasets that were seeded into it, as their marks say. */
  readonly datasets: readonly string[];
}
