import type { NginxFile } from "@drydock/core";
import { execa } from "execa";
import { nginxConfiguration } from "../errors.ts";

/** Lets nginx test a configuration (`nginx -t`). @throws DevError NGINX_CONFIGURATION with nginx's words and the place in the person's own file */
export async function checkNginx(
  service: string,
  words: readonly string[],
  files: readonly NginxFile[],
): Promise<void> {
  const [program = "", ...rest] = words;
  // Its logs may be /dev/stdout, which it opens by name: the null device can be, a pipe of Node's cannot.
  const { failed, stderr = "" } = await execa(program, ["-t", "-q", ...rest], {
    reject: false,
    stdin: "ignore",
    stdout: "ignore",
  });
  if (!failed) return;
  const lines = stderr.trim().split("\n");
  const fatal = lines.find((line) => line.includes("[emerg]")) ?? lines[0] ?? "";
  throw nginxConfiguration(service, originOf(fatal, files), wordsOf(fatal), lines);
}

/** `... in /run/nginx.conf:12` as `file:line: ` of the file that a person edits; empty where that is unknown. */
function originOf(message: string, files: readonly NginxFile[]): string {
  const [, path, line] = / in (\S+):(\d+)\s*$/.exec(message) ?? [];
  const origin = files.find((file) => file.path === path)?.origins[Number(line) - 1];
  return origin ? `${origin.hostPath}:${origin.line}: ` : "";
}

/** The message without its level, process and generated place. */
function wordsOf(message: string): string {
  return message.replace(/^.*\[emerg\](?: \d+#\d+:)? /, "").replace(/ in \S+:\d+\s*$/, "");
}
