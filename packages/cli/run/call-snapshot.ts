import { connectOrStart, type SnapshotAct, type SnapshotActs, type StackSource } from "@drydock/session";
import type { CommandContext } from "../context.ts";

/** Has the supervisor do one act with copies of the data; one is started where none runs. @throws DevError those of the act */
export async function callSnapshot<A extends SnapshotAct>(
  context: CommandContext,
  source: StackSource,
  act: A,
  request: SnapshotActs[A]["request"],
): Promise<SnapshotActs[A]["result"]> {
  const supervisor = await connectOrStart(source, context.program);
  return supervisor.snapshot({ source, act, request }, context.signal);
}
