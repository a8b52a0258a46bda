import type { BackupLayout, BackupManifest, KeepDecision, ListedBackup, VerifyRecord } from "@drydock/databases";

/** What every act on backups may be asked with. */
interface AtPlace {
  /** Where backups are kept; undefined: as the settings say. */
  readonly to?: string;
}

/** A backup by its name, and what opens it. */
interface OfBackup extends AtPlace {
  /** Undefined: the newest that can be used. */
  readonly id?: string;
  /** A file with identities of age; undefined: as the settings or DRYDOCK_AGE_IDENTITY say. */
  readonly identity?: string;
}

/** What can be done with backups, each with what it is asked with and what it answers. */
export interface BackupActs {
  readonly run: {
    readonly request: AtPlace & { readonly layout: BackupLayout };
    readonly result: BackupRun;
  };
  readonly list: { readonly request: AtPlace; readonly result: BackupList };
  readonly verify: { readonly request: OfBackup; readonly result: VerifyRecord & { readonly id: string } };
  readonly restore: { readonly request: RestoreRequest; readonly result: RestoreResult };
  readonly prune: {
    readonly request: AtPlace & { readonly dryRun: boolean };
    readonly result: { readonly place: string; readonly decisions: readonly KeepDecision[]; readonly dryRun: boolean };
  };
}

export type BackupAct = keyof BackupActs;

export interface BackupRun {
  readonly place: string;
  readonly manifest: BackupManifest;
  /** What a crash had left, and what became of it: sentences. */
  readonly recovered: readonly string[];
  /** Those that went because newer ones stand for them. */
  readonly pruned: readonly string[];
}

export interface BackupList {
  readonly place: string;
  readonly backups: readonly ListedBackup[];
}

export interface RestoreRequest extends OfBackup {
  /** Collections by name; empty: everything. */
  readonly only: readonly string[];
  /** Addresses of servers, instead of the stack's. */
  readonly into: readonly string[];
  /** Hosts that are neither this machine nor of this project, and may be written to. */
  readonly allowRemote: readonly string[];
  /** Take a snapshot of what is there first. */
  readonly snapshot: boolean;
  readonly dryRun: boolean;
}

export interface RestoreResult {
  readonly id: string;
  readonly dryRun: boolean;
  readonly changes: readonly RestoreChange[];
  /** The snapshot that has the data of before. */
  readonly snapshot?: string;
}

/** A collection or a Redis database that a restore replaces. */
export interface RestoreChange {
  readonly service: string;
  /** `shop.orders`, `database 0`. */
  readonly name: string;
  /** Documents or keys; undefined: it is not there, or its server does not run. */
  readonly now: number | undefined;
  /** Undefined: it goes. */
  readonly becomes: number | undefined;
}
