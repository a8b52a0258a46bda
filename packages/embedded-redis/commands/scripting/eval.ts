import type { Reply } from "../../resp/reply.ts";
import type { CachedScript } from "../../scripting/script-cache.ts";
import type { CommandContext } from "../../server/command-context.ts";
import { freeMemoryIfNeeded } from "../../server/free-memory.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { countedKeys } from "../key-positions.ts";
import { asOne, readInvocation } from "./invoke.ts";

function run(context: CommandContext, script: CachedScript, args: readonly string[], isReadOnly: boolean): Reply {
  const { scripting } = context.server;
  if (!script.allowsOom && !freeMemoryIfNeeded(context.server)) {
    throw new CommandError(
      "OOM allow-oom flag is not set on the script, can not run it when used memory > 'maxmemory'",
    );
  }
  const invocation = readInvocation(context, args, isReadOnly || script.isReadOnly);
  return asOne(context, () => scripting.runScript(script, invocation));
}

const runBody = (context: CommandContext, args: readonly string[], isReadOnly: boolean): Reply => {
  readInvocation(context, args, isReadOnly);
  const script = context.server.scripting.add(args[1] ?? "");
  return "sha" in script ? run(context, script, args, isReadOnly) : script.reply;
};

function runSha(context: CommandContext, args: readonly string[], isReadOnly: boolean): Reply {
  readInvocation(context, args, isReadOnly);
  const script = context.server.scripting.scripts.get(args[1] ?? "");
  if (script === undefined) throw new CommandError("NOSCRIPT No matching script. Please use EVAL.");
  return run(context, script, args, isReadOnly);
}

const make = (
  name: string,
  isReadOnly: boolean,
  summary: string,
  runWith: (context: CommandContext, args: readonly string[], isReadOnly: boolean) => Reply,
): Command => ({
  name,
  arity: -3,
  flags: ["noscript", "stale", "movablekeys", "no_mandatory_keys", isReadOnly ? "readonly" : "may_replicate"],
  group: "scripting",
  keys: countedKeys(2),
  summary,
  run: (context, args) => runWith(context, args, isReadOnly),
});

/** EVAL, EVALSHA and their read-only variants. */
export const evalCommands: readonly Command[] = [
  make("eval", false, "Runs a Lua script.", runBody),
  make("evalsha", false, "Runs a Lua script that the server knows, by its SHA1.", runSha),
  make("eval_ro", true, "Runs a Lua script that only reads.", runBody),
  make("evalsha_ro", true, "Runs a Lua script that only reads, by its SHA1.", runSha),
];
