import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";

const draftPrefix = ".partial-";
const ownerFile = ".owner";
// A draft of another machine that nothing was written to for this long is nobody's any more.
const abandonedAfterMs = 24 * 3_600_000;

/** Where a backup is written before it has its name. */
export const draftPath = (folder: string, id: string): string => join(folder, `${draftPrefix}${id}`);

/** Makes an empty draft that says whose it is. @throws the file system's error */
export async function makeDraft(folder: string, id: string): Promise<string> {
  const draft = draftPath(folder, id);
  await rm(draft, { recursive: true, force: true });
  await makeFolders(draft);
  await writeFile(join(draft, ownerFile), JSON.stringify({ host: hostname(), pid: process.pid }));
  return draft;
}

/** One by one: Node's own recursive mkdir never ends where the file system says of a folder that is there that it is not, as /proc does. */
async function makeFolders(path: string): Promise<void> {
  if (existsSync(path)) return;
  if (dirname(path) !== path) await makeFolders(dirname(path));
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (!existsSync(path)) throw error; // another one was quicker
  });
}

/** A draft is done: it belongs to nobody. */
export async function releaseDraft(folder: string, id: string): Promise<void> {
  await rm(join(draftPath(folder, id), ownerFile), { force: true });
}

/** Nothing of a draft is left. */
export async function removeDraft(folder: string, id: string): Promise<void> {
  await rm(draftPath(folder, id), { recursive: true, force: true, maxRetries: 3 });
}

/** Removes the drafts whose process has ended; returns their names. @throws the file system's error */
export async function removeAbandoned(folder: string): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const name of await namesIn(folder)) {
    if (!name.startsWith(draftPrefix) || !(await isAbandoned(join(folder, name)))) continue;
    const id = name.slice(draftPrefix.length);
    await removeDraft(folder, id);
    removed.push(id);
  }
  return removed;
}

/** The names in a folder; none where it is not there. @throws the file system's error */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

async function isAbandoned(draft: string): Promise<boolean> {
  try {
    const { host, pid } = JSON.parse(await readFile(join(draft, ownerFile), "utf8"));
    if (host === hostname()) return pid !== process.pid && !isAlive(Number(pid));
  } catch {
    // It has no owner: it was cut short at its first moment, at its last, or as it was removed.
    return true;
  }
  const { mtimeMs } = await stat(draft);
  return Date.now() - mtimeMs > abandonedAfterMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
