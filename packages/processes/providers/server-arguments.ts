import { basename } from "node:path";
import type { Service } from "@drydock/core";
import { splitWords } from "../dockerfile.ts";

/**
 * The arguments that a service's `command` gives its server, without the program: `["mongod", "--replSet", "rs0"]`, the bare
 * `["--replSet", "rs0"]` that an image's entrypoint completes, and `sh -c "exec redis-server --appendonly yes"`.
 */
export function serverArguments(service: Service, programs: readonly string[]): readonly string[] {
  const words = service.command ?? [];
  const script =
    ["sh", "bash", "ash"].includes(basename(words[0] ?? "")) && words[1]?.startsWith("-") ? words[2] : undefined;
  const isProgram = (word: string) => programs.includes(basename(word));
  if (script !== undefined) {
    const parts = script.split(/&&|\|\||[;\n]/).map((part) => splitWords(expand(part, service.environment)));
    const own = parts.find((part) => part.some(isProgram)) ?? [];
    return own.slice(own.findIndex(isProgram) + 1);
  }
  return isProgram(words[0] ?? "") ? words.slice(1) : words;
}

/** Leaves out flags that say where a container serves and stores, with their values. `flags` are given without dashes. */
export function withoutFlags(
  words: readonly string[],
  flags: readonly string[],
  switches: readonly string[],
): readonly string[] {
  const kept: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const [, name = "", glued] = /^--?([\w-]+)(=)?/.exec(word) ?? [];
    if (switches.includes(name)) continue;
    if (!flags.includes(name)) kept.push(word);
    else if (glued === undefined) while (words[index + 1] !== undefined && !words[index + 1]?.startsWith("-")) index++;
  }
  return kept;
}

/** The value of a flag: `--replSet rs0` or `--replSet=rs0`. */
export function flagValue(words: readonly string[], flag: string): string | undefined {
  const at = words.indexOf(`--${flag}`);
  return at >= 0 ? words[at + 1] : words.find((word) => word.startsWith(`--${flag}=`))?.slice(flag.length + 3);
}

function expand(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{?(\w+)\}?/g, (_, name: string) => variables[name] ?? "");
}
