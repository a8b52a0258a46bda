import { randomBytes } from "node:crypto";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "../../is-alive.ts";
import { type StateFolder, stateFolderAt } from "../../state-folder.ts";

/** The state folder of one run of `dev test`: `.dev/test/4711-3fa9c1`, by the process that it belongs to. */
export async function makeRunFolder(home: StateFolder): Promise<{ readonly id: string; readonly folder: StateFolder }> {
  const id = `${process.pid}-${randomBytes(3).toString("hex")}`;
  const folder = stateFolderAt(join(home.directory, "test", id));
  await mkdir(folder.logs, { recursive: true, mode: 0o700 });
  return { id, folder };
}

/** The state folders of runs whose process is gone: something of them may be left. */
export async function deadRuns(home: StateFolder): Promise<readonly StateFolder[]> {
  const names = await readdir(join(home.directory, "test")).catch(() => []);
  return names
    .filter((name) => {
      const pid = Number(/^(\d+)-/.exec(name)?.[1] ?? Number.NaN);
      return !Number.isNaN(pid) && !isAlive(pid);
    })
    .map((name) => stateFolderAt(join(home.directory, "test", name)));
}
