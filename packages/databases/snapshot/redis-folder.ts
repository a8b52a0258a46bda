import { posix } from "node:path";
import type { DataFiles } from "./data-files.ts";
import type { AppendOnly } from "./save-redis.ts";

/**
 * Adds to a folder with an RDB file what makes a server with an append-only file start from it: such a server does not look at its RDB file, but an RDB
 * file may be the base of its append-only file (Redis manual, "Redis persistence", Append-only file; since 7.0 in parts named by a manifest). A folder that
 * has an append-only file stays as it is. @throws the files' error
 */
export async function addAppendOnly(
  files: DataFiles,
  folder: string,
  rdb: string,
  { folder: parts, file }: AppendOnly,
  signal: AbortSignal,
): Promise<void> {
  const source = posix.join(folder, rdb);
  const target = posix.join(folder, parts ?? file);
  if (!(await files.exists(source)) || (await files.exists(target))) return;
  if (parts === undefined) return files.copy(source, target, [], signal);
  await files.makeFolder(target);
  await files.copy(source, posix.join(target, `${file}.1.base.rdb`), [], signal);
  await files.write(posix.join(target, `${file}.1.incr.aof`), "");
  const lines = [`file ${file}.1.base.rdb seq 1 type b`, `file ${file}.1.incr.aof seq 1 type i`];
  await files.write(posix.join(target, `${file}.manifest`), `${lines.join("\n")}\n`);
}
