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

/**
 * The text of a dataset's file that makes data like that of a database: types, optional fields, ranges, enumerations, references.
 * The driver is loaded here. @throws the driver's error
 */
export async function inferDataset(options: InferOptions): Promise<string> {
  const { lookAndWrite } = await import("../../mongo/look-and-write.ts");
  return lookAndWrite(options);
}
