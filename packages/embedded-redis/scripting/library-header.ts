import { badFunctionName, isFunctionName } from "./register-function.ts";
import { readShebang } from "./shebang.ts";

/** Reads `#!lua name=mylib` of a library. */
export function readLibraryHeader(
  source: string,
): { readonly name: string; readonly code: string } | { readonly problem: string } {
  const shebang = readShebang(source);
  if (shebang === undefined) return { problem: "Missing library metadata" };
  let name: string | undefined;
  for (const option of shebang.options) {
    if (!option.startsWith("name=")) return { problem: `Invalid metadata value given: ${option}` };
    if (name !== undefined) return { problem: "Invalid metadata value, name argument was given multiple times" };
    name = option.slice("name=".length);
  }
  const engine = shebang.engine.slice(2);
  if (engine.toLowerCase() !== "lua") return { problem: `Engine '${engine}' not found` };
  if (name === undefined) return { problem: "Library name was not given" };
  if (!isFunctionName(name)) return { problem: badFunctionName };
  return { name, code: shebang.code };
}
