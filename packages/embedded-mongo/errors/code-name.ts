import { type CodeName, errorCodes } from "./codes.ts";

const names = new Map(Object.keys(errorCodes).map((name) => [codeOf(name), name] as const));

function codeOf(name: string): number {
  return errorCodes[name as CodeName];
}

/** The name of a code; undefined for one that has a number only, or that this server does not throw. */
export const codeNameOf = (code: number): CodeName | undefined => names.get(code) as CodeName | undefined;
