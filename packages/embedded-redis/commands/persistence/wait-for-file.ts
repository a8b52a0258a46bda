import type { Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { integer, naturalNumber } from "../numbers.ts";

const waitaof: Command = {
  name: "waitaof",
  arity: 4,
  flags: ["noscript", "blocking"],
  group: "generic",
  summary: "Waits until what was written is flushed to the append-only file.",
  run(context, [, localText, replicasText, timeoutText]) {
    const local = integer(localText);
    if (local < 0 || local > 1) throw new CommandError("ERR value is out of range, must be between 0 and 1");
    const replicas = naturalNumber(replicasText);
    const timeoutMs = naturalNumber(timeoutText, "ERR timeout is negative");
    const synced = context.server.keeper.files?.synced();
    if (local === 1 && synced === undefined) {
      throw new CommandError("ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.");
    }
    const isSynced = synced?.then(
      () => true,
      () => false,
    );
    return context.mode === "direct" ? answer(context, isSynced, replicas, timeoutMs) : [0, 0];
  },
};

/** There are no replicas: who waits for one waits for the timeout. */
async function answer(
  context: CommandContext,
  isSynced: Promise<boolean> | undefined,
  replicas: number,
  timeoutMs: number,
): Promise<Reply> {
  const reply = [(await isSynced) ? 1 : 0, 0];
  if (replicas === 0 || context.client.isClosing) return reply;
  return context.block([], timeoutMs, reply, () => undefined);
}

/** WAITAOF. */
export const waitForFile: readonly Command[] = [waitaof];
