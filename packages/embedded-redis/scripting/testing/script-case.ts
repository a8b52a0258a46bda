/** A script with its keys and arguments, which both servers run. */
export interface ScriptCase {
  readonly script: string;
  readonly keys?: readonly string[];
  readonly args?: readonly string[];
  /** Commands to run before. */
  readonly before?: readonly (readonly string[])[];
}

/** Cases of scripts alone. */
export const scripts = (...sources: readonly string[]): readonly ScriptCase[] => sources.map((script) => ({ script }));
