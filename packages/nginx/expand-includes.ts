import { posix } from "node:path";
import type { NginxSource, Problem } from "@drydock/core";
import { type Directive, unquote } from "./directive.ts";
import { mistake } from "./errors.ts";
import { mimeTypes } from "./mime-types.ts";
import { readDirectives } from "./parse.ts";

/** Finds the files of one `include`, its pattern as it is written. */
export type FindSources = (pattern: string) => readonly NginxSource[];

/** What came of the includes: the whole configuration, and what is wrong with it. */
export interface Expanded {
  readonly directives: readonly Directive[];
  /** Syntax mistakes of the included files. */
  readonly problems: readonly Problem[];
  /** Includes of one file by name that is not there; left out. */
  readonly missing: readonly Directive[];
}

/** Replaces each `include` by what it includes. */
export function expandIncludes(directives: readonly Directive[], find: FindSources): Expanded {
  const problems: Problem[] = [];
  const missing: Directive[] = [];
  const expand = (all: readonly Directive[], open: readonly string[]): readonly Directive[] =>
    all.flatMap((each) => {
      if (each.name === "include" && !each.block) return include(each, open);
      return each.block ? [{ ...each, block: expand(each.block, open) }] : [each];
    });
  const include = (each: Directive, open: readonly string[]): readonly Directive[] => {
    const pattern = unquote(each.words[0] ?? "");
    const found = find(pattern);
    if (found.length === 0 && posix.basename(pattern) === "mime.types") return mimeTypes;
    if (found.length === 0 && !/[*?[]/.test(pattern)) missing.push(each);
    return found
      .toSorted((a, b) => (a.path < b.path ? -1 : 1))
      .flatMap(({ path, hostPath, text }) => {
        if (open.includes(path)) {
          const { file = hostPath, line = 0 } = each.place ?? {};
          problems.push(mistake(file, line, `include ${pattern} includes itself`, "remove this include"));
          return [];
        }
        const read = readDirectives(text, hostPath);
        problems.push(...read.problems);
        return expand(read.directives, [...open, path]);
      });
  };
  return { directives: expand(directives, []), problems, missing };
}

/** `file:line` of a directive, for messages. */
export function placeText({ place }: Directive): string {
  return place ? `${place.file}:${place.line}` : "added";
}

/** Whether a path fits a pattern with `*` and `?`. */
export function matchesGlob(path: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\*/g, "[^/]*")
    .replace(/\?/g, "[^/]");
  return new RegExp(`^${source}$`).test(path);
}
