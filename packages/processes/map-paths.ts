import { join, posix } from "node:path";

/** A folder or file of the container, and where it lies on this machine. Both absolute. */
export interface PathMapping {
  readonly target: string;
  readonly source: string;
}

/** Where a path of the container lies on this machine: by the closest mapping above it, the last one of equals. */
export function mapPath(path: string, mappings: readonly PathMapping[]): string | undefined {
  const clean = posix.normalize(path);
  const covering = mappings.filter(({ target }) => isUnder(clean, trimSlash(target)));
  const best = covering.reduce<PathMapping | undefined>(
    (chosen, each) => (chosen && trimSlash(chosen.target).length > trimSlash(each.target).length ? chosen : each),
    undefined,
  );
  return best && join(best.source, clean.slice(trimSlash(best.target).length));
}

/**
 * The same text with every path of the container that a mapping covers replaced: whole paths only, `/app/x.js` and `--dir=/app`
 * but not `http://host/app` or `my/app`.
 */
export function mapPathsInText(text: string, mappings: readonly PathMapping[]): string {
  return text.replace(/(?<![\w.\-/:@}$~*])\/[\w.\-@+/]*/g, (path) => {
    const end = path.length > 1 && path.endsWith("/") ? "/" : "";
    const mapped = path === "/" ? undefined : mapPath(path, mappings);
    return mapped === undefined ? path : `${mapped.replace(/\/$/, "")}${end}`;
  });
}

function isUnder(path: string, folder: string): boolean {
  return path === folder || folder === "" || path.startsWith(`${folder}/`);
}

function trimSlash(path: string): string {
  return path.length > 0 && path.endsWith("/") ? path.slice(0, -1) : path;
}
