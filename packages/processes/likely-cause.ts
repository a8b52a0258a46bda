import type { InstanceProcess } from "./instance-process.ts";
import { findPortHolder } from "./port-holder.ts";

/** What probably made it fail and what to do, as a sentence, from the end of its log; undefined where nothing is known. */
export async function likelyCause(process: InstanceProcess, lines: readonly string[]): Promise<string | undefined> {
  const text = lines.join("\n");
  const { directory, addresses } = process.launch;
  const [, module] = /Cannot find (?:module|package) '([^']+)'/.exec(text) ?? [];
  if (module !== undefined) {
    const isFile = /^[./]/.test(module);
    return isFile
      ? `the file ${module} does not exist. Is it made by a build? Then run the build first, or say so in x-dev.run.`
      : `a dependency is missing. Run \`npm install ${packageName(module)}\` in ${directory}.`;
  }
  const [, taken] = /EADDRINUSE.*?:(\d+)\b/s.exec(text) ?? [];
  if (taken !== undefined) {
    const given = addresses.map(({ port }) => port);
    const holder = `port ${taken} is held by ${await findPortHolder(Number(taken))}.`;
    return given.includes(Number(taken)) || given.length === 0
      ? holder
      : `${holder} It was given port ${given.join(", ")}: let it read its port from the variable PORT.`;
  }
  const [, refused] = /ECONNREFUSED\s+([\d.:]+\d)/.exec(text) ?? [];
  if (refused !== undefined)
    return `nothing answers on ${refused}. Does it need a service that depends_on does not name?`;
  const [, unknown] = /(?:ENOTFOUND|EAI_AGAIN)\s+([\w.-]+)/.exec(text) ?? [];
  if (unknown !== undefined) {
    return `the host name ${unknown} is unknown on this machine. Take it from an environment variable, where the service's address is filled in.`;
  }
  if (/EACCES|Permission denied/i.test(text)) return "it may not read or write a file, or may not use its port.";
  if (/: not found$|command not found/m.test(text)) return "a program that it calls is not installed on this machine.";
  if (/heap out of memory|ENOMEM/.test(text)) return "it ran out of memory.";
  if (/ENOSPC/.test(text)) return "the disk is full, or the limit of watched files is reached: `dev doctor`.";
  return undefined;
}

function packageName(module: string): string {
  return module
    .split("/")
    .slice(0, module.startsWith("@") ? 2 : 1)
    .join("/");
}
