import { DevError, type Problem } from "@drydock/core";

/** Builds NGINX_SYNTAX (exit 2): a configuration cannot be taken as it is. Every mistake is a problem, in file order. */
export const badConfiguration = (file: string, problems: readonly Problem[]) =>
  new DevError("NGINX_SYNTAX", `${file}: ${problems.length} problem${problems.length === 1 ? "" : "s"}`, {
    exitCode: 2,
    problems,
  });

/** One mistake at a line of a configuration. */
export function mistake(file: string, line: number, message: string, hint?: string): Problem {
  return { file, line, column: 1, length: 1, message, ...(hint === undefined ? {} : { hint }) };
}
