import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The commit that is checked out at a directory, whole; undefined outside a repository, before the first commit, or without git. */
export async function gitCommit(directory: string): Promise<string | undefined> {
  const said = await git(directory, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  return said?.trim() || undefined;
}

/** The names of all branches; undefined outside a repository, or without git. */
export async function gitBranches(directory: string): Promise<readonly string[] | undefined> {
  const said = await git(directory, ["for-each-ref", "--format=%(refname:short)", "refs/heads"]);
  return said?.split("\n").filter((line) => line !== "");
}

async function git(directory: string, words: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("git", [...words], { cwd: directory, timeout: 10_000 });
    return stdout;
  } catch {
    return undefined;
  }
}
