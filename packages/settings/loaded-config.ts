/** A configuration that was loaded, and the text that it came from. */
export interface LoadedConfig {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  /** What the module's default export is. */
  readonly value: unknown;
}
