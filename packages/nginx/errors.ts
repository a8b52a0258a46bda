import { DevError } from "@drydock/core";

/** Builds NGINX_SYNTAX (exit 2): the configuration cannot be read. */
export const badSyntax = (file: string, line: number, message: string) =>
  new DevError("NGINX_SYNTAX", `${file}: 1 problem`, {
    exitCode: 2,
    problems: [{ file, line, column: 1, length: 1, message }],
  });
