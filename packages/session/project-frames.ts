import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const mostFrames = 3;

/**
 * Where in a project's own files an error comes from, innermost first: `lib/seed.ts:3`, against `directory`. Columns are left out: they are those of
 * what the compiler made.
 */
export function projectFrames(stack: string | undefined, directory: string): readonly string[] {
  const places = (stack ?? "").split("\n").flatMap((line) => {
    const [, found, number] = /^\s+at (?:.*\()?(.+?):(\d+):\d+\)?$/.exec(line) ?? [];
    if (found === undefined || number === undefined) return [];
    const path = found.startsWith("file://") ? fileURLToPath(found) : found;
    const isOwn = path.startsWith(directory + sep) && !path.includes(`${sep}node_modules${sep}`);
    return isOwn ? [`${relative(directory, path)}:${number}`] : [];
  });
  return [...new Set(places)].slice(0, mostFrames);
}
