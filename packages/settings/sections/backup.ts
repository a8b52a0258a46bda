/** Backups of the databases: where they are kept, when they are made, and which stay. */
export interface BackupConfig {
  /** A folder (relative to the project, or beginning with ~), or any S3-compatible store. @example to: "s3://my-bucket/shop" */
  readonly to?: string;
  /** Makes one so often while the stack is up; one that was missed is made once, afterwards. @example every: "4h" */
  readonly every?: string;
  /** The same at times of the day, as cron writes them: minute, hour, day, month, weekday. @example schedule: "0 3 * * *" */
  readonly schedule?: string;
  /**
   * How many stay of each kind when one is made, and with `dev backup prune`. Without it all stay.
   * @example keep: { hourly: 6, daily: 7, weekly: 4 }
   */
  readonly keep?: BackupKeep;
  /** Encrypts with age for these recipients; who has one of their identities can restore. @example encrypt: { recipients: ["age1..."] } */
  readonly encrypt?: {
    readonly recipients: readonly string[];
    /** The file with the identity that `verify` and `restore` use. @example identity: "~/.config/age/shop.txt" */
    readonly identity?: string;
  };
}

/** The newest of the last so many hours, days, weeks, months and years that have a backup. */
export interface BackupKeep {
  readonly hourly?: number;
  readonly daily?: number;
  readonly weekly?: number;
  readonly monthly?: number;
  readonly yearly?: number;
}

/** The same with its defaults. */
export interface BackupSettings {
  /** Undefined: a folder of the user's, by the project's name. */
  readonly to: string | undefined;
  readonly everyMs: number | undefined;
  /** A cron pattern. */
  readonly schedule: string | undefined;
  readonly keep: BackupKeep;
  /** Of age; empty: backups are not encrypted. */
  readonly recipients: readonly string[];
  readonly identity: string | undefined;
}

/** The backups of a project that says nothing of them: made when they are asked for. */
export const defaultBackup: BackupSettings = {
  to: undefined,
  everyMs: undefined,
  schedule: undefined,
  keep: {},
  recipients: [],
  identity: undefined,
};
