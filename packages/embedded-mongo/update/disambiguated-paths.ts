import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { isIndex } from "../values/path.ts";
import { int32 } from "../values/scalars.ts";

/**
 * The components of those paths that alone do not tell them: a field has a number for its name, or a dot in it (manual, "update Event",
 * disambiguatedPaths). Places in arrays are numbers, names are strings. `root` is a document that has the paths.
 */
export function disambiguatedPaths(paths: Iterable<string>, root: Document): readonly (readonly [string, Value])[] {
  const found: (readonly [string, Value])[] = [];
  for (const path of paths) {
    const components = componentsIn(root, path.split("."));
    if (components?.some(isUnclear)) found.push([path, components]);
  }
  return found;
}

const isUnclear = (component: Value): boolean =>
  typeof component === "string" && (isIndex(component) || component.includes("."));

/** The shortest names that lead to something; undefined where nothing lies at the path. */
function componentsIn(value: Value | undefined, parts: readonly string[]): readonly Value[] | undefined {
  if (value === undefined) return undefined;
  if (parts.length === 0) return [];
  if (isArray(value)) {
    const [index = "", ...rest] = parts;
    if (!isIndex(index)) return undefined;
    const inner = componentsIn(value[Number(index)], rest);
    return inner && [int32(Number(index)), ...inner];
  }
  if (!(value instanceof Document)) return undefined;
  for (let end = 1; end <= parts.length; end++) {
    const name = parts.slice(0, end).join(".");
    const inner = componentsIn(value.get(name), parts.slice(end));
    if (inner) return [name, ...inner];
  }
  return undefined;
}
