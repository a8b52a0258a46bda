/** What planning must know of a machine; looked at once, so that plans are pure. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** The Linux distribution's name inside Windows; undefined outside of WSL. */
  readonly wslDistribution: string | undefined;
  readonly isRoot: boolean;
  readonly home: string;
  readonly javaHome: string | undefined;
  /** Of the programs that stores ask for: where they are. */
  readonly programs: ReadonlyMap<string, string>;
  /** Of the paths that stores ask for: those that exist. */
  readonly paths: ReadonlySet<string>;
  /** Of those: those that this user may write. */
  readonly writable: ReadonlySet<string>;
  /** Folders of NSS databases: Firefox's profiles, Chromium's. */
  readonly nssDatabases: readonly string[];
}

/** The authority that is to be trusted, or no longer. */
export interface TrustedAuthority {
  /** Absolute; PEM. */
  readonly path: string;
  /** `Drydock anna@laptop`: what lists of certificates show. */
  readonly name: string;
  readonly serialNumber: string;
  /** SHA-1 of the DER, hexadecimal without colons: how macOS names certificates. */
  readonly sha1: string;
}
