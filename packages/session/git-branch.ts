import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** The branch that is checked out at a directory, or the first digits of a detached commit; undefined outside a repository. */
export async function gitBranch(directory: string): Promise<string | undefined> {
  const gitDirectory = await findGitDirectory(directory);
  if (!gitDirectory) return undefined;
  const head = await readFile(join(gitDirectory, "HEAD"), "utf8").catch(() => "");
  const branch = /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1];
  return branch ?? (head.trim().slice(0, 7) || undefined);
}

/** `.git` is a folder, or, in a worktree, a file that names the folder (gitrepository-layout(5)). */
export async function findGitDirectory(directory: string): Promise<string | undefined> {
  const candidate = join(directory, ".git");
  const content = await readFile(candidate, "utf8").catch((error: NodeJS.ErrnoException) => error.code);
  if (content === "EISDIR") return candidate;
  const target = /^gitdir: (.+)$/m.exec(content ?? "")?.[1];
  if (target) return resolve(directory, target);
  const parent = dirname(directory);
  return parent === directory ? undefined : findGitDirectory(parent);
}
