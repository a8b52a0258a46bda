import { statfs } from "node:fs/promises";
import { findProjectDirectory } from "../find-project.ts";
import type { Check } from "./finding.ts";

const lowBytes = 2 * 1024 ** 3;

/** Free space where the project lies. */
export const checkDisk: Check = async (source) => {
  const directory = findProjectDirectory(source) ?? source.directory;
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const message = `${(free / 1024 ** 3).toFixed(1)} GB are free at ${directory}`;
  if (free >= lowBytes) return [{ check: "disk", level: "ok", message }];
  return [
    {
      check: "disk",
      level: "warning",
      message: `Only ${message}`,
      fix: "Make room: `docker system prune`, or remove old snapshots and logs.",
    },
  ];
};
