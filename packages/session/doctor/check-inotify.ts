import { readFile } from "node:fs/promises";
import type { Check, Finding } from "./finding.ts";

// A mid-sized repository has tens of thousands of folders to watch; Debian's default was 8,192 for long (inotify(7)).
const enough = { max_user_watches: 65_536, max_user_instances: 256 } as const;
const advised = { max_user_watches: 524_288, max_user_instances: 1_024 } as const;

/** The kernel's limits for watching files, on Linux. */
export const checkInotify: Check = async () => {
  if (process.platform !== "linux") return [];
  return Promise.all(Object.keys(enough).map((name) => checkLimit(name as keyof typeof enough)));
};

async function checkLimit(name: keyof typeof enough): Promise<Finding> {
  const check = "inotify";
  const text = await readFile(`/proc/sys/fs/inotify/${name}`, "utf8").catch(() => undefined);
  if (text === undefined) return { check, level: "ok", message: `fs.inotify.${name} cannot be read here` };
  const value = Number(text);
  const message = `fs.inotify.${name} is ${value.toLocaleString("en")}`;
  if (value >= enough[name]) return { check, level: "ok", message };
  return {
    check,
    level: "warning",
    message: `${message}: file watching may run out`,
    fix: `sudo sysctl -w fs.inotify.${name}=${advised[name]}`,
  };
}
