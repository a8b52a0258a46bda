import { type Stats, statSync } from "node:fs";

/** What is at a path, or the status that says why nothing is: 403 for what may not be seen, 404 for what is not there. */
export function look(path: string): Stats | 403 | 404 {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? 404;
  } catch (error) {
    // Names that are too long, and files where folders are expected, are not there.
    return error instanceof Error && "code" in error && error.code === "EACCES" ? 403 : 404;
  }
}
