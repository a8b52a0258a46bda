/** What clients of a front saw. */
export interface Seen {
  answered: number;
  /** Messages that came back over WebSockets. */
  echoed: number;
  readonly failures: string[];
  /** Of certificates, of configurations, and of the servers that answered. */
  readonly serials: Set<string>;
  readonly generations: Set<string>;
  readonly names: Set<string>;
}

/** Where a front is, and who signed its certificate. */
export interface LoadTarget {
  readonly host: string;
  readonly port: number;
  readonly authorityPem: string;
}
