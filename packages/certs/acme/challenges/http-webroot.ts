import { mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { ChallengeSolver } from "./challenge.ts";
import { challengePath } from "./http-listener.ts";

/** Puts the answer where a web server that runs already serves files from. The folder is one of `directory`, or absolute. */
export function httpWebroot(folder: string, directory: string): ChallengeSolver {
  const root = resolve(directory, folder);
  return {
    type: "http-01",
    hint: `The web server at port 80 of the name has to serve files of ${root}, those below /.well-known/ too.`,
    async set({ token, answer }) {
      const path = join(root, challengePath(token));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, answer);
    },
    async clean({ token }) {
      const path = join(root, challengePath(token));
      await rm(path, { force: true });
      // Only what is empty goes: others may have files in .well-known.
      for (const empty of [dirname(path), dirname(dirname(path))]) await rmdir(empty).catch(() => undefined);
    },
    seen: ({ token }) => [`The answer was in ${join(root, challengePath(token))}`],
  };
}
