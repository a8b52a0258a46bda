import { readFile } from "node:fs/promises";
import type { Check } from "./finding.ts";

/** On WSL: whether the project lies on a Windows drive, where files are slow and changes are not announced (WSL issue 4739). */
export const checkWsl: Check = async (source) => {
  const kernel = await readFile("/proc/version", "utf8").catch(() => "");
  if (!/microsoft/i.test(kernel)) return [];
  if (!/^\/mnt\/[a-z]\//.test(source.directory))
    return [{ check: "wsl", level: "ok", message: "WSL, on its own file system" }];
  return [
    {
      check: "wsl",
      level: "warning",
      message: "The project lies on a Windows drive: files are slow there and changes are found by polling only",
      fix: "Clone it inside WSL, such as in ~/src.",
    },
  ];
};
