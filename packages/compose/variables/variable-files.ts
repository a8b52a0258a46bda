import type { Loading } from "../files/loading.ts";
import { placeIn } from "../files/loading.ts";
import type { Node } from "../yaml/node.ts";
import { startOf } from "../yaml/source.ts";
import { parseDotenv } from "./dotenv.ts";

/** A file of variables, and where it was named; undefined: nobody named it, so that it may be missing. */
export interface VariableFile {
  readonly path: string;
  readonly from: Node | "command line" | undefined;
}

/** Reads `.env` files on top of variables that win over them. */
export function readVariableFiles(
  files: readonly VariableFile[],
  variables: ReadonlyMap<string, string>,
  loading: Loading,
): ReadonlyMap<string, string> {
  let read: ReadonlyMap<string, string> = new Map();
  for (const { path, from } of files) {
    const source = loading.source(path);
    if (!source) {
      if (from === undefined) continue;
      const { label } = loading.absent(path);
      const place = from === "command line" ? startOf(loading.absent(path)) : from.place;
      loading.report({
        place,
        message: `there is no file ${label}`,
        hint: from === "command line" ? "check --env-file" : "check its path",
      });
      continue;
    }
    const parsed = parseDotenv(source.text, (name) => variables.get(name), read);
    for (const { offset, length, message, hint } of parsed.mistakes) {
      loading.report({ place: placeIn(source, offset, length), message, hint });
    }
    for (const { message, hint } of parsed.unset)
      loading.notice(`${source.label}: ${message}, so it is empty there; ${hint}`);
    read = parsed.variables;
  }
  return new Map([...read, ...variables]);
}
