import type { FrontSoftware } from "./front-software.ts";
import { servingWorkers } from "./serving-parts.ts";

/** What a program was asked, and answered. */
export interface ProgramAnswer {
  readonly isGood: boolean;
  /** Its lines, of both streams. */
  readonly said: readonly string[];
}

/** An nginx that can be run, wherever it is. */
export interface NginxProgram extends Pick<FrontSoftware, "name" | "version" | "command" | "clear"> {
  /** The front's folder. */
  readonly directory: string;
  readonly runsAsRoot: boolean;
  /** Where it writes its process id. */
  readonly pidFile: string;
  /** Asks `nginx -t` of a file. */
  test(path: string): Promise<ProgramAnswer>;
}

// The oldest in a distribution that is still supported (Debian 11 and Ubuntu 20.04 have it).
const oldest = [1, 18] as const;
const complaint = /\[(?:emerg|alert|crit)\]/;

/** The version in what `nginx -v` says; undefined where there is none. */
export const versionIn = (said: readonly string[]): string | undefined => /nginx\/([\d.]+)/.exec(said.join("\n"))?.[1];

/** Whether a front's configuration is too new for it. */
export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}

/** nginx as what serves a front; it must be 1.18 or newer. */
export function nginxSoftware(program: NginxProgram): FrontSoftware {
  const { name, version, command, directory, runsAsRoot, pidFile, clear } = program;
  return {
    name,
    version,
    command,
    clear,
    complete: (text) => {
      // Workers of root's nginx would be somebody else, who may not read this folder.
      const user = runsAsRoot ? "user root;\n" : "";
      return `daemon off;\n${user}pid "${pidFile}";\nerror_log stderr notice;\n${text}`;
    },
    temporaryFolder: directory,
    async check(path) {
      const { isGood, said } = await program.test(path);
      if (isGood) return [];
      const lines = said.filter((line) => complaint.test(line));
      return (lines.length > 0 ? lines : said).map((line) => line.replaceAll(`${directory}/`, ""));
    },
    begun: /\[notice\].*start worker process \d/,
    // "[emerg]": it could not bind, and the old configuration goes on.
    reloaded: /\[notice\].*start worker process \d|\[emerg\]/,
    chatter: /\[notice\]|^Run 'docker |^\s*$/,
    parts: servingWorkers,
    // Whoever is being answered may be answered to the end; a WebSocket has none, and is not waited for.
    farewells: [
      ["SIGQUIT", 1_000],
      ["SIGTERM", 5_000],
    ],
  };
}
