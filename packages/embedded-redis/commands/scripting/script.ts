import { ok } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { helpCommand } from "../help.ts";

const load: Command = {
  name: "script|load",
  arity: 3,
  flags: ["noscript", "stale"],
  group: "scripting",
  summary: "Compiles a script and returns its SHA1.",
  run({ server: { scripting } }, args) {
    const script = scripting.add(args[2] ?? "");
    return "sha" in script ? script.sha : script.reply;
  },
};

const exists: Command = {
  name: "script|exists",
  arity: -3,
  flags: ["noscript"],
  group: "scripting",
  summary: "Tells which scripts the server knows.",
  run: ({ server: { scripting } }, args) =>
    args.slice(2).map((sha) => (scripting.scripts.get(sha) === undefined ? 0 : 1)),
};

const flush: Command = {
  name: "script|flush",
  arity: -2,
  flags: ["noscript"],
  group: "scripting",
  summary: "Forgets all scripts.",
  run({ server: { scripting } }, args) {
    if (args.length > 3 || (args.length === 3 && !/^(?:a?sync)$/i.test(args[2] ?? ""))) {
      throw new CommandError("ERR SCRIPT FLUSH only support SYNC|ASYNC option");
    }
    scripting.flushScripts();
    return ok;
  },
};

const kill: Command = {
  name: "script|kill",
  arity: 2,
  flags: ["noscript", "allow_busy"],
  group: "scripting",
  summary: "Ends the script that runs.",
  run: ({ server: { scripting } }) => scripting.kill("script") ?? ok,
};

const debug: Command = {
  name: "script|debug",
  arity: 3,
  flags: ["noscript"],
  group: "scripting",
  summary: "Takes NO only: there is no debugger.",
  run(_, args) {
    const mode = (args[2] ?? "").toLowerCase();
    if (mode === "no") return ok;
    if (mode === "yes" || mode === "sync") throw new CommandError("ERR SCRIPT DEBUG is not supported by this server");
    throw new CommandError("ERR Use SCRIPT DEBUG YES/SYNC/NO");
  },
};

/** SCRIPT. */
export const scriptCommands: readonly Command[] = [
  {
    name: "script",
    arity: -2,
    flags: [],
    group: "scripting",
    summary: "Manages scripts.",
    subcommands: [
      load,
      exists,
      flush,
      kill,
      debug,
      helpCommand("script", "scripting", [
        "DEBUG NO",
        "EXISTS <sha1> [<sha1> ...]",
        "FLUSH [ASYNC|SYNC]",
        "KILL",
        "LOAD <script>",
      ]),
    ],
    run: () => null,
  },
];
