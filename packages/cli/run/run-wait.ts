import { connect, nothingRuns, type StackSource, waitFor } from "@drydock/session";
import type { WaitFlags } from "../commands/wait.ts";
import type { CommandContext } from "../context.ts";

/** Waits for a state. @throws DevError NOTHING_RUNS, NO_SUCH_SERVICE, TIMED_OUT, WAIT_FAILED */
export async function runWait(
  context: CommandContext,
  source: StackSource,
  services: readonly string[],
  flags: WaitFlags,
): Promise<void> {
  const supervisor = await connect(source, context.program);
  if (!supervisor) throw nothingRuns();
  await waitFor(supervisor, services, flags.for, flags.timeout, context.signal);
}
