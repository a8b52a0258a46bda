import { type BackupAct, type BackupActs, connectOrStart, type StackSource } from "@drydock/session";
import type { CommandContext } from "../context.ts";
import { ProgressLines } from "../output/progress-lines.ts";

/** Has the supervisor do one act on backups, and shows how far it is. @throws DevError those of the act */
export async function callBackup<A extends BackupAct>(
  context: CommandContext,
  source: StackSource,
  act: A,
  request: BackupActs[A]["request"],
  isQuiet: boolean,
): Promise<BackupActs[A]["result"]> {
  const supervisor = await connectOrStart(source, context.program);
  const progress = new ProgressLines(context.stderr, Boolean(context.stderr.isTTY) && !isQuiet);
  return supervisor.backup({ source, act, request }, progress.take, context.signal).finally(() => progress.end());
}
