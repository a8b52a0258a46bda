import { dirname, isAbsolute, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Loading, Scope } from "./files/loading.ts";
import { resolvePath } from "./resolve-path.ts";
import { readVariableFiles } from "./variables/variable-files.ts";
import {
  child,
  type Entry,
  entriesOf,
  itemsOf,
  type MappingNode,
  type Node,
  textOf,
  withEntries,
  withKey,
  withoutKeys,
} from "./yaml/node.ts";

/** Reads files in a scope; `loadFiles`, given so that the two modules do not import each other. */
export type LoadScope = (
  paths: readonly { readonly path: string; readonly from: Node }[],
  scope: Scope,
) => MappingNode | undefined;

const sections = ["services", "volumes", "networks", "secrets", "configs", "models"] as const;

/** Adds what a file includes to it (Compose Specification, include): each with its own folder and variables. */
export function applyInclude(root: MappingNode, scope: Scope, loading: Loading, load: LoadScope): MappingNode {
  return itemsOf(child(root, "include")).reduce<MappingNode>(
    (model, item) => {
      const included = loadInclude(item, scope, loading, load);
      return included ? importInto(model, included, loading) : model;
    },
    withoutKeys(root, "include"),
  );
}

function loadInclude(item: Node, scope: Scope, loading: Loading, load: LoadScope): MappingNode | undefined {
  const base = { directory: scope.directory, home: loading.home };
  const paths = itemsOf(child(item, "path")).map((from) => ({ from, path: resolvePath(textOf(from) ?? "", base) }));
  const [main] = paths;
  if (!main) return undefined;
  if (scope.including.includes(main.path)) {
    const cycle = [...scope.including, main.path].map((path) => loading.absent(path).label).join(" includes ");
    loading.report({
      place: main.from.place,
      message: `include: a file cannot include itself: ${cycle}`,
      hint: "take one of them out",
    });
    return undefined;
  }
  const given = textOf(child(item, "project_directory"));
  const directory = given === undefined ? dirname(main.path) : isAbsolute(given) ? given : join(scope.directory, given);
  const envFiles = itemsOf(child(item, "env_file")).map((from) => ({
    from,
    path: resolvePath(textOf(from) ?? "", base),
  }));
  const fallback = join(directory, ".env");
  const files =
    envFiles.length > 0 ? envFiles : loading.files.isDirectory(fallback) ? [] : [{ path: fallback, from: undefined }];
  const variables = readVariableFiles(files, scope.variables, loading);
  return load(paths, { directory, variables, including: scope.including });
}

function importInto(model: MappingNode, included: MappingNode, loading: Loading): MappingNode {
  return sections.reduce<MappingNode>((whole, section) => {
    const from = child(included, section);
    if (from?.kind !== "mapping") return whole;
    const own = child(whole, section);
    for (const [name, entry] of from.entries) {
      const other = entriesOf(own).get(name);
      if (!other || isDeepStrictEqual(plain(other.node), plain(entry.node))) continue;
      loading.report({
        place: other.keyPlace,
        message: `${section}.${name} is also in ${entry.keyPlace.source.label}, which is included, and differs`,
        hint: "give one of them another name, or change it in an override file",
      });
    }
    const entries = new Map<string, Entry>([...from.entries, ...entriesOf(own)]);
    return withKey(whole, section, withEntries(own?.kind === "mapping" ? own : from, entries));
  }, model);
}

function plain(node: Node): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plain);
  return new Map([...node.entries].map(([key, entry]) => [key, plain(entry.node)]));
}
