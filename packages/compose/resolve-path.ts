import { dirname, isAbsolute, join } from "node:path";
import { type ScalarNode, scalar } from "./yaml/node.ts";

/** What paths of a file are against. */
export interface Base {
  /** Absolute. */
  readonly directory: string;
  /** What `~` is; undefined: it stays. */
  readonly home: string | undefined;
}

const remote = /^(https?:\/\/|git:\/\/|ssh:\/\/|github\.com\/|git@|service:)|:\/\//;

/** A text that names a file, made absolute; a `context` may also be an address or another service. */
export function absolute(node: ScalarNode, kind: "file" | "context", base: Base): ScalarNode {
  const { text } = node;
  if (node.value === null || text === "" || (kind === "context" && remote.test(text))) return node;
  const resolved = resolvePath(text, base);
  return resolved === text ? node : scalar(resolved, node.place);
}

/** Whether a text names something that is not on this machine: an address, or a git repository. */
export function isRemote(path: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^git@/i.test(path);
}

/** A path of a file made absolute: `~` is the home folder, all else is against the base. */
export function resolvePath(path: string, { directory, home }: Base): string {
  // A Windows path, which an engine elsewhere may understand, is absolute too.
  if (isRemote(path) || /^([A-Za-z]:[\\/]|\\\\)/.test(path)) return path;
  if (path.startsWith("~") && home !== undefined) return join(home, path.slice(1));
  return isAbsolute(path) ? path : join(directory, path).replace(/(.)\/$/, "$1");
}

/** The base of a file that other files name, such as the one that `extends` reads. */
export function baseOf(file: string, base: Base): Base {
  return { ...base, directory: dirname(file) };
}
