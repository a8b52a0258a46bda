import type { BackupLayout, BackupPart } from "./manifest.ts";

/** A database server to back up. */
export interface BackupSource {
  readonly service: string;
  readonly kind: "mongo" | "redis";
  readonly uri: string;
  readonly provider: string;
  readonly isEmbedded: boolean;
}

/** How far it is. */
export interface BackupProgress {
  readonly task: string;
  readonly message: string;
  readonly done: number;
  readonly total: number;
}

/** Writes the data of several servers into parts, each hashed. */
export interface PartWriter {
  readonly layout: BackupLayout;
  write(name: string, content: AsyncIterable<Uint8Array>, isCompressed: boolean): Promise<void>;
  readonly parts: readonly BackupPart[];
  report(progress: BackupProgress): void;
  readonly signal: AbortSignal;
}
