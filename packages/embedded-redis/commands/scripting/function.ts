import type { Command } from "../command.ts";
import { helpCommand } from "../help.ts";
import { functionInfo } from "./function-info.ts";
import { functionLoading } from "./function-load.ts";

/** FUNCTION. */
export const functionCommands: readonly Command[] = [
  {
    name: "function",
    arity: -2,
    flags: [],
    group: "scripting",
    summary: "Manages libraries of functions.",
    subcommands: [
      ...functionLoading,
      ...functionInfo,
      helpCommand("function", "scripting", [
        "LOAD [REPLACE] <code>",
        "DELETE <library>",
        "LIST [LIBRARYNAME <pattern>] [WITHCODE]",
        "STATS",
        "KILL",
        "FLUSH [ASYNC|SYNC]",
        "DUMP",
        "RESTORE <payload> [FLUSH|APPEND|REPLACE]",
      ]),
    ],
    run: () => null,
  },
];
