import { readFileSync } from "node:fs";
import writeFileAtomic from "write-file-atomic";

/** Plain data in a file that is replaced whole at each change, so that a crash leaves the old or the new. */
export interface JsonState<T> {
  read(): T;
  write(data: T): void;
}

/** Opens such a file; what is missing or cannot be read counts as `initial`. */
export function jsonState<T>(path: string, initial: T): JsonState<T> {
  let data = readJson(path, initial);
  return {
    read: () => data,
    write(next) {
      data = next;
      writeFileAtomic.sync(path, `${JSON.stringify(next)}\n`, { mode: 0o600 });
    },
  };
}

function readJson<T>(path: string, initial: T): T {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch {
    return initial;
  }
}
