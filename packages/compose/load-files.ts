import { conform } from "./conform.ts";
import { withDefaults } from "./defaults.ts";
import { applyExtends } from "./extends.ts";
import { type Loading, lookupIn, type Scope } from "./files/loading.ts";
import { applyInclude } from "./include.ts";
import { mergeNodes } from "./merge.ts";
import { removePaths } from "./reset.ts";
import { isRemote } from "./resolve-path.ts";
import { project } from "./shapes/project.ts";
import { interpolateTree } from "./variables/interpolate-tree.ts";
import type { YamlDocument } from "./yaml/convert.ts";
import { type MappingNode, mapping, type Node } from "./yaml/node.ts";
import { startOf } from "./yaml/source.ts";

/** A file to read, and what named it; undefined: the command line, or the default names. */
export interface FileToLoad {
  readonly path: string;
  readonly from?: Node;
}

/** Reads files in order, each on top of the ones before. Undefined: there was nothing to read. */
export function loadFiles(files: readonly FileToLoad[], scope: Scope, loading: Loading): MappingNode | undefined {
  let model: MappingNode | undefined;
  for (const { path, from } of files) {
    const source = loading.source(path);
    if (!source) {
      loading.markIncomplete();
      const message = isRemote(path)
        ? `${path} is not on this machine`
        : `there is no file ${loading.absent(path).label}`;
      loading.report({
        place: from?.place ?? startOf(loading.absent(path)),
        message: from ? `include: ${message}` : message,
        hint: isRemote(path) ? "fetch it, and name the local copy" : "check its path",
      });
      continue;
    }
    const inner = { ...scope, including: [...scope.including, path] };
    for (const document of loading.documents(source)) model = addDocument(model, document, path, inner, loading);
  }
  return model && withDefaults(model, scope);
}

function addDocument(
  model: MappingNode | undefined,
  document: YamlDocument,
  path: string,
  scope: Scope,
  loading: Loading,
): MappingNode | undefined {
  const filled = interpolateTree(document.root, lookupIn(scope), "", loading.report);
  const base = { directory: scope.directory, home: loading.home };
  const own = filled && conform(filled, project, "", base, loading.report);
  if (own?.kind !== "mapping") return model;
  const extended = applyExtends(own, path, document.resets, scope, loading);
  const whole = applyInclude(extended, scope, loading, (files, inner) => loadFiles(files, inner, loading));
  const merged = mergeNodes(model ? removePaths(model, document.resets) : mapping({}, whole.place), whole, project);
  return merged.kind === "mapping" ? merged : model;
}
