import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { RouteSettings } from "@drydock/settings";

/**
 * The folders that routes serve and the project's own does not hold, and where links among them lead; in order, each once. What is not there is left
 * out: it cannot be mounted.
 */
export async function outsideFolders(directory: string, routes: readonly RouteSettings[]): Promise<readonly string[]> {
  const named = routes.flatMap(({ answer }) => (answer.kind === "folder" ? [resolve(directory, answer.folder)] : []));
  const there = await Promise.all(
    named.map(async (path) => {
      const real = await realpath(path).catch(() => undefined);
      return real === undefined ? [] : [path, real];
    }),
  );
  const isOutside = (path: string) => path !== directory && !path.startsWith(join(directory, "/"));
  return [...new Set(there.flat().filter(isOutside))].sort();
}
