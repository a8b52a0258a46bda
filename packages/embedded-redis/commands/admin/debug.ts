import { ok } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { helpCommand } from "../help.ts";
import { float, integer } from "../numbers.ts";

const sub = (name: string, arity: number, summary: string, run: Command["run"]): Command => ({
  name: `debug|${name}`,
  arity,
  flags: ["admin", "noscript", "loading", "stale"],
  group: "server",
  summary,
  run,
});

/** Stops the whole process for so long, as a slow command does. */
function sleep(seconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
}

/** DEBUG, as far as clients' tests use it. */
export const debugCommands: readonly Command[] = [
  {
    name: "debug",
    arity: -2,
    flags: ["admin", "noscript", "loading", "stale"],
    group: "server",
    summary: "Helps to test clients.",
    subcommands: [
      sub("sleep", 3, "Stops the server for so many seconds.", (_context, [, , seconds]) => {
        sleep(Math.max(0, float(seconds)));
        return ok;
      }),
      sub(
        "set-active-expire",
        3,
        "Switches the removal of expired keys that nobody asks for.",
        ({ server }, [, , flag]) => {
          server.isExpiryActive = integer(flag) === 1;
          return ok;
        },
      ),
      sub("jmap", 2, "Does nothing.", () => ok),
      sub("error", 3, "Answers an error.", (_context, [, , message = ""]) => {
        throw new CommandError(message);
      }),
      helpCommand("debug", "server", ["SLEEP <seconds>", "SET-ACTIVE-EXPIRE <0|1>", "ERROR <string>"]),
    ],
    run: () => null,
  },
];
