/** What to look at, and how. */
export interface InferOptions {
  readonly uri: string;
  readonly database: string;
  /** Documents of each collection. */
  readonly sample: number;
  /** Recognise personal data, and keep no value of the source. */
  readonly isMasked: boolean;
  /** The dataset's name. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}
