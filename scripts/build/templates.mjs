import { cp, readdir } from "node:fs/promises";
import { basename } from "node:path";

const leftBehind = new Set(["node_modules", ".dev", "dist"]);
// npm leaves these out of a tarball, whatever `files` says, and obeys the first while it packs.
const droppedByNpm = new Set([".gitignore", ".npmignore", ".npmrc"]);

/**
 * Copies the templates that `dev init` offers, without what was installed or built in them.
 *
 * @param {string} from
 * @param {string} to
 * @throws Error when a file is among them that would not survive `npm pack`
 */
export async function copyTemplates(from, to) {
  await cp(from, to, { recursive: true, filter: (path) => !leftBehind.has(basename(path)) });
  const copied = await readdir(to, { recursive: true });
  const lost = copied.filter((path) => droppedByNpm.has(basename(path)));
  if (lost.length > 0) throw new Error(`npm pack drops ${lost.join(", ")} of templates/: name it without the dot`);
}
