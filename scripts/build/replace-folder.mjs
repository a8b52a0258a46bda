import { readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Fills a new folder and puts it in the place of `folder`; when `fill` throws, the old one stays as it was.
 * The new one is made beside it, under a name with a dot, which compilers and linters pass over.
 *
 * @param {string} folder
 * @param {(folder: string) => Promise<void>} fill
 */
export async function replaceFolder(folder, fill) {
  const parent = dirname(folder);
  const prefix = `.${basename(folder)}-`;
  for (const name of await readdir(parent)) {
    const owner = Number(new RegExp(`^\\${prefix}(\\d+)`).exec(name)?.[1]);
    if (owner > 0 && !isAlive(owner)) await rm(join(parent, name), { recursive: true, force: true });
  }

  const made = join(parent, `${prefix}${process.pid}`);
  const old = `${made}-old`;
  try {
    await fill(made);
    await rename(folder, old).catch(ignoreMissing);
    await rename(made, folder);
  } finally {
    await rm(made, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

function ignoreMissing(/** @type {NodeJS.ErrnoException} */ error) {
  if (error.code !== "ENOENT") throw error;
}

/** What a killed build left may go; what another build is filling now may not. */
function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
