import { connect, nothingRuns, type StackSource, waitFor } from "@drydock/session";
import type { CommandContext } from "../context.ts";

/** What `dev wait` was asked for besides the stack. */
export interface WaitFlags {
  readonly for: "ready" | "running" | "done" | "stopped" | "unhealthy" | "failed";
  readonly timeout: number;
}

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
