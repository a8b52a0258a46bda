import type { Session } from "../session.ts";
import { readExchange } from "./snapshot/journal.ts";

/**
 * Before servers start: what a crash left is brought in order, and where data follows git, it becomes that of the git branch. What does that is loaded only
 * where there is something to do. @throws DevError EXCHANGE_FAILED, and the files' errors
 */
export async function prepareData(session: Session, signal: AbortSignal): Promise<void> {
  if (await readExchange(session.folder)) {
    const { recoverBeforeStart } = await import("./snapshot/recover.ts");
    await recoverBeforeStart(session, signal);
  }
  if (session.stack.settings.data.followsGit) {
    const { followGit } = await import("./branch/follow.ts");
    await followGit(session, signal);
  }
}
