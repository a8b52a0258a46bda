import { gitBranch } from "../../git-branch.ts";
import { gitBranches } from "../../git-commit.ts";
import type { Session } from "../../session.ts";
import { heldDatabases } from "../snapshot/databases.ts";
import type { DataEngine } from "../snapshot/engine.ts";
import { withDataEngine } from "../snapshot/open.ts";
import { goOn } from "../snapshot/steps.ts";
import { tellWork } from "../tell-work.ts";
import { switchBranch } from "./branch.ts";
import { readBranches, writeBranches } from "./store.ts";

/**
 * Makes the data that of the git branch that is checked out; one that has none yet gets a copy of the current data. A detached head, as in the middle of a
 * rebase, changes nothing. @throws DevError EXCHANGE_FAILED
 */
export async function followGit(session: Session, signal: AbortSignal): Promise<void> {
  const { directory } = session.stack.environment;
  const to = await gitBranch(directory);
  if (to === undefined || (await gitBranches(directory))?.includes(to) !== true) return;
  const before = readBranches(session);
  if (before.current === to) return writeBranches(session.folder, before);
  const startedAt = session.clock.now();
  const done = await withDataEngine(session, signal, async (engine) => {
    if (await hasData(session, engine, signal))
      return tellWork(session, `switch to branch ${to}`, () => switchBranch(session, engine, to, goOn, signal));
    writeBranches(session.folder, { current: to, branches: { [to]: { madeAt: startedAt, gitBranch: to } } });
    return undefined;
  });
  if (!done) return;
  const seconds = ((session.clock.now() - startedAt) / 1000).toFixed(1);
  const origin = done.isNew ? `, a copy of ${done.from}'s` : "";
  const message = `The data is that of branch ${to} now${origin} (${seconds} s).`;
  session.publish({ kind: "notice", at: session.clock.now(), level: "info", message });
}

async function hasData(session: Session, engine: DataEngine, signal: AbortSignal): Promise<boolean> {
  for (const { service } of await heldDatabases(session, signal))
    if ((await engine.files.list(engine.place(service).live)).length > 0) return true;
  return false;
}
