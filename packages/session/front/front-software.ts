import type { FrontFolder } from "./front-folder.ts";
import { type ServingParts, servingReloads } from "./serving-parts.ts";

/** A program that can serve a front, and how one talks with it. */
export interface FrontSoftware {
  /** `embedded edge`, `nginx 1.22.1`, `nginx 1.30.6 of the image nginx:1.30`. */
  readonly name: string;
  /** The nginx whose words it reads: `1.22.1`. */
  readonly version: string;
  readonly command: readonly string[];
  /** Makes a front's text a whole file. */
  complete(text: string): string;
  /** Where it leaves files of its own; undefined: it has none. */
  readonly temporaryFolder: string | undefined;
  /**
   * What is wrong with a configuration file, asked of the program itself before it is to serve it; empty: nothing, or nothing that can be said before it
   * is started.
   */
  check(path: string): Promise<readonly string[]>;
  /** A line that says how a start, or a reload, went. */
  readonly begun: RegExp;
  readonly reloaded: RegExp;
  /** A line that is no complaint: evidence for a person does without. */
  readonly chatter: RegExp;
  readonly parts: () => ServingParts;
  /** Signals that end it, each with how long it is given in milliseconds, before it is killed. */
  readonly farewells: readonly (readonly [NodeJS.Signals, number])[];
  /** Removes what outlives a process that did not end well. Never rejects. */
  clear(): Promise<void>;
}

/** The edge, from Node: `serveCommand` runs `dev serve`. It reads whatever the newest nginx does. */
export function edgeSoftware(serveCommand: readonly string[], { configuration }: FrontFolder): FrontSoftware {
  return {
    name: "embedded edge",
    version: "99.0.0",
    command: [...serveCommand, "nginx", "--while-stdin", "--config", configuration],
    complete: (text) => text,
    temporaryFolder: undefined,
    check: async () => [],
    begun: /for development/,
    reloaded: /^reloaded|old configuration goes on/,
    chatter: /^(?:reloaded|drained|embedded edge)/,
    parts: servingReloads,
    farewells: [["SIGTERM", 6_000]],
    clear: async () => undefined,
  };
}
