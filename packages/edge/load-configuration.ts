import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { NginxSource } from "@drydock/core";
import {
  badConfiguration,
  type Directive,
  type EdgeConfiguration,
  expandIncludes,
  matchesGlob,
  originsName,
  type Place,
  parseOrigins,
  readConfiguration,
  readDirectives,
} from "@drydock/nginx";
import { cannotRead } from "./errors.ts";
import { isHonouredVariable } from "./variables/find-variable.ts";

/** Where a configuration's text comes from. It is read again at each reload. */
export interface ConfigurationSource {
  /** What messages call it; relative paths in the configuration start in its folder. */
  readonly file: string;
  read(): string;
}

/** A configuration that can be served, and the folder that its relative paths start in. */
export interface LoadedConfiguration {
  readonly configuration: EdgeConfiguration;
  readonly prefix: string;
}

/** A configuration file on this machine. */
export function fileSource(file: string): ConfigurationSource {
  return { file, read: () => readFileSync(file, "utf8") };
}

/**
 * Reads a configuration with everything that it includes. Places are those of the files that a person edits, where a rendered file
 * comes with its origins.
 * @throws DevError NGINX_SYNTAX with every mistake; EDGE_CANNOT_READ
 */
export function loadConfiguration(source: ConfigurationSource): LoadedConfiguration {
  const prefix = dirname(resolve(source.file));
  const read = readDirectives(readText(source), source.file);
  const included = expandIncludes(read.directives, (pattern) => findFiles(resolve(prefix, pattern)));
  const origins = readOrigins(prefix);
  const original = ({ file, line }: Place): Place =>
    file === source.file ? (origins(line) ?? { file, line }) : { file, line };
  const missing = included.missing.map(({ words, place }) => ({
    ...(place ?? { file: source.file, line: 0 }),
    column: 1,
    length: 1,
    message: `the included file ${words[0]} does not exist`,
    hint: "correct the path, or remove the include",
  }));
  const understood = readConfiguration(relocate(included.directives, original), isHonouredVariable);
  const problems = [...read.problems, ...included.problems, ...missing].map((each) => ({ ...each, ...original(each) }));
  const all = [...problems, ...understood.problems];
  if (all.length > 0) throw badConfiguration(all[0]?.file ?? source.file, all);
  return { configuration: understood.configuration, prefix };
}

function readText(source: ConfigurationSource): string {
  try {
    return source.read();
  } catch (error) {
    throw cannotRead(source.file, error);
  }
}

function readOrigins(folder: string): (line: number) => Place | undefined {
  try {
    return parseOrigins(readFileSync(join(folder, originsName), "utf8"));
  } catch {
    return () => undefined;
  }
}

function relocate(directives: readonly Directive[], original: (place: Place) => Place): readonly Directive[] {
  return directives.map((each) => ({
    ...each,
    ...(each.place ? { place: original(each.place) } : {}),
    ...(each.block ? { block: relocate(each.block, original) } : {}),
  }));
}

/** The files of an absolute pattern; wildcards may stand in any part of it. */
function findFiles(pattern: string): readonly NginxSource[] {
  return findPaths(pattern).flatMap((path) => {
    try {
      return [{ path, hostPath: path, text: readFileSync(path, "utf8") }];
    } catch {
      return [];
    }
  });
}

function findPaths(pattern: string): readonly string[] {
  if (!/[*?]/.test(pattern)) return [pattern];
  return findPaths(dirname(pattern)).flatMap((folder) =>
    /[*?]/.test(basename(pattern))
      ? namesIn(folder)
          .filter((name) => matchesGlob(name, basename(pattern)))
          .map((name) => join(folder, name))
      : [join(folder, basename(pattern))],
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
