import { basename } from "node:path";
import { type Loading, lookupIn, type Scope } from "./files/loading.ts";
import { interpolate } from "./variables/interpolate.ts";
import { child, textOf } from "./yaml/node.ts";
import { startOf } from "./yaml/source.ts";

/** A text as a project name: lower case, only letters, digits, `-` and `_`, begun by a letter or digit (Compose Specification, name). */
function normalizeProjectName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}

/** The project's name: `-p`, else COMPOSE_PROJECT_NAME, else the last `name:` of the files, else the folder's name. */
export function projectName(
  given: string | undefined,
  files: readonly string[],
  scope: Scope,
  loading: Loading,
): string {
  const asked = given || scope.variables.get("COMPOSE_PROJECT_NAME");
  if (asked) {
    const name = normalizeProjectName(asked);
    if (name !== asked) {
      loading.report({
        place: startOf(loading.source(files[0] ?? "") ?? loading.absent(files[0] ?? "")),
        message: `the project name ${JSON.stringify(asked)} cannot be used`,
        hint: `it takes lower-case letters, digits, - and _: ${name === "" ? "shop" : name}`,
      });
    }
    return name || "default";
  }
  const fromFile = files.reduce((last, file) => nameOf(file, scope, loading) || last, "");
  const name = fromFile || normalizeProjectName(basename(scope.directory));
  if (name !== "") return name;
  loading.report({
    place: startOf(loading.source(files[0] ?? "") ?? loading.absent(files[0] ?? "")),
    message: "the project has no name: its folder's name has no letter or digit from a to z",
    hint: "write name: ... at the top of the file, or give -p",
  });
  return "default";
}

function nameOf(file: string, scope: Scope, loading: Loading): string {
  const source = loading.source(file);
  const documents = source ? loading.documents(source) : [];
  const given = documents.map(({ root }) => textOf(child(root, "name")) ?? "").findLast((name) => name !== "");
  return given === undefined ? "" : normalizeProjectName(interpolate(given, lookupIn(scope)).text);
}
