import { type Loading, placeIn } from "./files/loading.ts";
import { flagOf } from "./shapes/scalars.ts";
import { parseDotenv } from "./variables/dotenv.ts";
import type { Lookup } from "./variables/interpolate.ts";
import { parseRawEnvFile } from "./variables/raw-env-file.ts";
import {
  child,
  type Entry,
  entriesOf,
  itemPath,
  itemsOf,
  type MappingNode,
  mapping,
  type Node,
  scalar,
  textOf,
  withEntries,
  withKey,
} from "./yaml/node.ts";
import type { Place } from "./yaml/source.ts";

/** Reads the `env_file`s and `label_file`s of a service into its environment and labels, which win over them. */
export function readServiceFiles(
  service: MappingNode,
  name: string,
  variables: ReadonlyMap<string, string>,
  loading: Loading,
): MappingNode {
  return readLabelFiles(readEnvFiles(service, name, variables, loading), name, loading);
}

function readEnvFiles(
  service: MappingNode,
  name: string,
  variables: ReadonlyMap<string, string>,
  loading: Loading,
): MappingNode {
  const files = itemsOf(child(service, "env_file"));
  if (files.length === 0) return service;
  const own = new Map(
    [...entriesOf(child(service, "environment"))].flatMap(([key, { node }]) => {
      const value = textOf(node);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
  const lookup: Lookup = (key) => variables.get(key) ?? own.get(key);
  let read: ReadonlyMap<string, string> = own;
  for (const [index, file] of files.entries()) {
    const path = child(file, "path");
    if (!path) continue;
    const isRequired = flagOf(child(file, "required")) ?? true;
    const parse = textOf(child(file, "format")) === "raw" ? parseRawEnvFile : parseDotenv;
    read = readFile(path, itemPath(`services.${name}.env_file`, file, index), isRequired, parse, lookup, read, loading);
  }
  return withPairs(service, "environment", read, child(service, "env_file")?.place ?? service.place);
}

function readLabelFiles(service: MappingNode, name: string, loading: Loading): MappingNode {
  const files = itemsOf(child(service, "label_file"));
  if (files.length === 0) return service;
  let read: ReadonlyMap<string, string> = new Map();
  for (const [index, path] of files.entries()) {
    const earlier = read;
    const where = itemPath(`services.${name}.label_file`, path, index);
    read = readFile(path, where, true, parseDotenv, (key) => earlier.get(key), earlier, loading);
  }
  return withPairs(service, "labels", read, child(service, "label_file")?.place ?? service.place);
}

function readFile(
  path: Node,
  where: string,
  isRequired: boolean,
  parse: typeof parseDotenv,
  lookup: Lookup,
  earlier: ReadonlyMap<string, string>,
  loading: Loading,
): ReadonlyMap<string, string> {
  const file = textOf(path) ?? "";
  const source = loading.source(file);
  if (!source) {
    if (isRequired) {
      const message = `${where}: there is no file ${loading.absent(file).label}`;
      loading.report({
        place: path.place,
        message,
        hint: where.includes(".env_file[") ? "create it, or write {path: ..., required: false}" : "create it",
      });
    }
    return earlier;
  }
  const { variables, mistakes, unset } = parse(source.text, lookup, earlier);
  for (const { offset, length, message, hint } of [...mistakes, ...unset]) {
    loading.report({ place: placeIn(source, offset, length), message, hint });
  }
  return variables;
}

/** Pairs from files under the ones that a service has itself, which win even when they are empty. */
function withPairs(service: MappingNode, key: string, pairs: ReadonlyMap<string, string>, place: Place): MappingNode {
  const own = child(service, key);
  const read = [...pairs].map(([name, value]): [string, Entry] => [
    name,
    { keyPlace: place, node: scalar(value, place) },
  ]);
  const whole = own?.kind === "mapping" ? own : mapping({}, place);
  return withKey(service, key, withEntries(whole, new Map([...read, ...whole.entries])));
}
