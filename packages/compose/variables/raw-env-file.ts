import type { Dotenv, DotenvMistake } from "./dotenv.ts";
import type { Lookup } from "./interpolate.ts";

/**
 * Reads an env_file of `format: raw`, with the rules of `docker run --env-file`: whole lines, no quotes, no variables, `#` only at the
 * beginning of a line, a bare `KEY` taken from `lookup`.
 */
export function parseRawEnvFile(
  text: string,
  lookup: Lookup,
  earlier: ReadonlyMap<string, string> = new Map(),
): Dotenv {
  const variables = new Map(earlier);
  const mistakes: DotenvMistake[] = [];
  let offset = text.startsWith("\uFEFF") ? 1 : 0;
  for (const line of text.slice(offset).split("\n")) {
    const content = line.replace(/\r$/, "").trimStart();
    const start = offset + (line.length - line.trimStart().length);
    offset += line.length + 1;
    if (content === "" || content.startsWith("#")) continue;
    const equals = content.indexOf("=");
    const name = equals < 0 ? content : content.slice(0, equals);
    if (name === "" || /\s/.test(name)) {
      const message =
        name === "" ? "the name of the variable is missing" : "the name of a variable cannot have a space";
      mistakes.push({ offset: start, length: Math.max(1, content.length), message, hint: "write NAME=value" });
      continue;
    }
    const value = equals < 0 ? lookup(name) : content.slice(equals + 1);
    if (value !== undefined) variables.set(name, value);
  }
  return { variables, mistakes, unset: [] };
}
