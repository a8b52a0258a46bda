import { ok, type Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { integer } from "../numbers.ts";
import { clientSub } from "./client-sub.ts";

function pause({ server }: CommandContext, args: readonly string[]): Reply {
  const [, , duration, word = "ALL"] = args;
  if (args.length > 4)
    throw new CommandError(`ERR unknown subcommand or wrong number of arguments for '${args[1]}'. Try CLIENT HELP.`);
  if (!/^(write|all)$/i.test(word)) throw new CommandError("ERR CLIENT PAUSE mode must be WRITE or ALL");
  const durationMs = integer(duration, () => new CommandError("ERR timeout is not an integer or out of range"));
  if (durationMs < 0) throw new CommandError("ERR timeout is negative");
  server.pause.begin(durationMs, word.toLowerCase() === "all");
  return ok;
}

function unpause({ server }: CommandContext): Reply {
  server.pause.end();
  return ok;
}

/** CLIENT PAUSE, CLIENT UNPAUSE. */
export const clientPause: readonly Command[] = [
  clientSub("pause", -3, "Lets commands wait, all or those that write.", pause, true),
  clientSub("unpause", 2, "Ends the pause.", unpause, true),
];
