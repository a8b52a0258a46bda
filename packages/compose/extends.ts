import { nearest } from "@drydock/core";
import { conform } from "./conform.ts";
import { type Loading, lookupIn, type Scope } from "./files/loading.ts";
import { mergeNodes } from "./merge.ts";
import { removePaths } from "./reset.ts";
import { baseOf } from "./resolve-path.ts";
import { service as serviceShape } from "./shapes/service.ts";
import { interpolateTree } from "./variables/interpolate-tree.ts";
import type { Path } from "./yaml/convert.ts";
import {
  at,
  child,
  entriesOf,
  type MappingNode,
  type Node,
  textOf,
  withEntries,
  withKey,
  withoutKeys,
} from "./yaml/node.ts";
import type { Place } from "./yaml/source.ts";

/** Services among which `extends` looks for a base: those of one file. */
interface Family {
  readonly file: string;
  /** In long form; undefined when there is none of that name, or it is wrong, which was reported. */
  service(name: string): Node | undefined;
  readonly names: readonly string[];
  readonly resets: readonly Path[];
}

interface Link {
  readonly file: string;
  readonly name: string;
}

/** Puts every service of a file on top of what it extends (Compose Specification, extends). */
export function applyExtends(
  root: MappingNode,
  file: string,
  resets: readonly Path[],
  scope: Scope,
  loading: Loading,
): MappingNode {
  const services = child(root, "services");
  if (services?.kind !== "mapping") return root;
  const family: Family = {
    file,
    service: (name) => child(services, name),
    names: [...services.entries.keys()],
    resets,
  };
  const entries = new Map(services.entries);
  for (const [name, entry] of services.entries) {
    const extended = extend(name, name, entry.node, family, [], scope, loading);
    if (extended) entries.set(name, { ...entry, node: extended });
  }
  return withKey(root, "services", withEntries(services, entries));
}

function extend(
  root: string,
  name: string,
  service: Node,
  family: Family,
  chain: readonly Link[],
  scope: Scope,
  loading: Loading,
): Node | undefined {
  const reference = child(service, "extends");
  const baseName = textOf(child(reference, "service"));
  if (service.kind !== "mapping" || !reference || baseName === undefined) return service;
  const own = withoutKeys(service, "extends");
  const path = `services.${name}.extends`;
  const links = [...chain, { file: family.file, name }];
  const fileNode = child(reference, "file");
  const fileName = textOf(fileNode);
  const others =
    fileName === undefined
      ? family
      : familyOf(fileName, fileNode?.place ?? reference.place, path, root, scope, loading);
  if (!others) return own;
  const closes = links.findIndex((link) => link.file === others.file && link.name === baseName);
  if (closes >= 0) {
    // A circle is found from each of its services; it is reported from the first by name.
    const isFirst = links.every((link) => link.name >= root || link.file !== family.file);
    if (closes === 0 && !isFirst) return own;
    const cycle = [...links.map((link) => link.name), baseName].join(" extends ");
    loading.report({
      place: reference.place,
      message: `${path}: a service cannot extend itself: ${cycle}`,
      hint: "take one of them out",
    });
    return own;
  }
  const base = others.service(baseName);
  if (!base) {
    if (!others.names.includes(baseName)) {
      const close = nearest(baseName, others.names);
      const where = fileName === undefined ? "this file" : (loading.source(others.file)?.label ?? others.file);
      loading.report({
        place: child(reference, "service")?.place ?? reference.place,
        message: `${path}: there is no service ${baseName} in ${where}`,
        hint: close === undefined ? `it has ${others.names.join(", ") || "none"}` : `did you mean "${close}"?`,
      });
    }
    return own;
  }
  const extended = extend(root, baseName, base, others, links, scope, loading);
  if (extended?.kind !== "mapping") return own;
  const resets = family.resets
    .filter((each) => each[0] === "services" && each[1] === name)
    .map((each) => each.slice(2));
  return mergeNodes(removePaths(extended, resets), own, serviceShape);
}

/** The services of another file; only those asked for are checked. */
function familyOf(
  file: string,
  place: Place,
  path: string,
  root: string,
  scope: Scope,
  loading: Loading,
): Family | undefined {
  const source = loading.source(file);
  if (!source) {
    loading.markIncomplete();
    loading.report({
      place,
      message: `${path}: there is no file ${loading.absent(file).label}`,
      hint: "paths are against the folder of this file",
    });
    return undefined;
  }
  const documents = loading.documents(source);
  const base = baseOf(file, { directory: scope.directory, home: loading.home });
  const names = documents.flatMap(({ root: each }) => [...entriesOf(child(each, "services")).keys()]);
  return {
    file,
    names,
    resets: documents.flatMap(({ resets }) => resets),
    service(name) {
      return documents.reduce<Node | undefined>((earlier, document) => {
        const raw = at(document.root, "services", name);
        const where = `services.${name}`;
        const filled =
          raw &&
          interpolateTree(raw, lookupIn(scope), where, (finding) => loading.report({ ...finding, onlyFor: root }));
        const node = filled && conform(filled, serviceShape, where, base, loading.report);
        return earlier && node ? mergeNodes(earlier, node, serviceShape) : (node ?? earlier);
      }, undefined);
    },
  };
}
