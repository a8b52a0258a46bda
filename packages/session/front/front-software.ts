import type { FrontFolder } from "./front-folder.ts";
import { type ServingParts, servingReloads, servingWorkers } from "./serving-parts.ts";

/** A program that can serve a front, and how one talks with it. */
export interface FrontSoftware {
  /** `embedded edge`, `nginx 1.22.1`. */
  readonly name: string;
  /** The nginx whose words it reads: `1.22.1`. */
  readonly version: string;
  readonly command: readonly string[];
  /** Makes a front's text a whole file. */
  complete(text: string): string;
  /** Where it leaves files of its own; undefined: it has none. */
  readonly temporaryFolder: string | undefined;
  /** What is wrong with a configuration file, asked of the program itself before it is to serve it; empty: nothing. */
  check(path: string): Promise<readonly string[]>;
  /** A line that says how a start, or a reload, went. */
  readonly begun: RegExp;
  readonly reloaded: RegExp;
  /** A line that is no complaint: evidence for a person does without. */
  readonly chatter: RegExp;
  readonly parts: () => ServingParts;
  /** Signals that end it, each with how long it is given in milliseconds, before it is killed. */
  readonly farewells: readonly (readonly [NodeJS.Signals, number])[];
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
  };
}

/** nginx, which must be 1.18 or newer: the oldest in a distribution that is still supported. */
export function nginxSoftware(
  program: string,
  version: string,
  folder: FrontFolder,
  run: (words: readonly string[]) => Promise<{ readonly isGood: boolean; readonly said: readonly string[] }>,
): FrontSoftware {
  const { directory, configuration } = folder;
  const isRoot = process.getuid?.() === 0;
  return {
    name: `nginx ${version}`,
    version,
    command: [program, "-p", directory, "-c", configuration],
    complete: (text) => {
      // Workers of root's nginx would be somebody else, who may not read this folder.
      const user = isRoot ? "user root;\n" : "";
      return `daemon off;\n${user}pid "${directory}/nginx.pid";\nerror_log stderr notice;\n${text}`;
    },
    temporaryFolder: directory,
    async check(path) {
      const { isGood, said } = await run(["-t", "-p", directory, "-c", path]);
      if (isGood) return [];
      const lines = said.filter((line) => /\[(?:emerg|alert|crit)\]/.test(line));
      return (lines.length > 0 ? lines : said).map((line) => line.replaceAll(`${directory}/`, ""));
    },
    begun: /\[notice\].*start worker process \d/,
    // "[emerg]": it could not bind, and the old configuration goes on.
    reloaded: /\[notice\].*start worker process \d|\[emerg\]/,
    chatter: /\[notice\]/,
    parts: servingWorkers,
    // Whoever is being answered may be answered to the end; a WebSocket has none, and is not waited for.
    farewells: [
      ["SIGQUIT", 1_000],
      ["SIGTERM", 5_000],
    ],
  };
}
