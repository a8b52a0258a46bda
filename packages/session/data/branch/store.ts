import { join } from "node:path";
import { jsonState } from "../../json-state.ts";
import type { Session } from "../../session.ts";
import type { StateFolder } from "../../state-folder.ts";
import type { Branches } from "./branches.ts";

/** The branches of a session's project; before the first switch, the data belongs to the git branch, or is called `main`. */
export function readBranches(session: Pick<Session, "folder" | "branch">): Branches {
  const kept = open(session.folder).read();
  if (kept.current !== "") return kept;
  const current = session.branch ?? "main";
  const gitBranch = session.branch === undefined ? {} : { gitBranch: session.branch };
  return { current, branches: { [current]: { madeAt: 0, ...gitBranch } } };
}

/** The branch that the servers' data is. */
export function currentBranch(session: Pick<Session, "folder" | "branch">): string {
  return readBranches(session).current;
}

/** @throws the file system's error */
export function writeBranches(folder: StateFolder, branches: Branches): void {
  open(folder).write(branches);
}

const open = (folder: StateFolder) =>
  jsonState<Branches>(join(folder.directory, "branches.json"), { current: "", branches: {} });

/** The folder of a branch beside the data of a server. */
export const branchFolder = (name: string): string => `branch-${encodeURIComponent(name)}`;
