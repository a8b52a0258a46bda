import { isScriptFlag, readShebang } from "./shebang.ts";

/** What a script's shebang says, and the code without it. */
export interface ScriptHeader {
  readonly code: string;
  readonly isReadOnly: boolean;
  readonly allowsOom: boolean;
}

/** Reads `#!lua flags=no-writes,allow-oom` of a script; one without a shebang has no flags and checks memory at each command. */
export function readScriptHeader(body: string): ScriptHeader | { readonly problem: string } {
  const shebang = readShebang(body);
  if (shebang === undefined) return { code: body, isReadOnly: false, allowsOom: true };
  if (shebang.engine !== "#!lua") return { problem: `Unexpected engine in script shebang: ${shebang.engine}` };
  const flags: string[] = [];
  for (const option of shebang.options) {
    if (!option.startsWith("flags=")) return { problem: `Unknown lua shebang option: ${option}` };
    flags.push(...option.slice("flags=".length).split(",").filter(Boolean));
  }
  const unknown = flags.find((flag) => !isScriptFlag(flag));
  if (unknown !== undefined) return { problem: `Unexpected flag in script shebang: ${unknown}` };
  return { code: shebang.code, isReadOnly: flags.includes("no-writes"), allowsOom: flags.includes("allow-oom") };
}
