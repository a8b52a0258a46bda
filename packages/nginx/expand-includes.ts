import { posix } from "node:path";
import type { NginxSource } from "@drydock/core";
import { type Directive, unquote } from "./directive.ts";
import { mimeTypes } from "./mime-types.ts";
import { parseNginx } from "./parse.ts";

const configurationFolder = "/etc/nginx";

/** Replaces each `include` by what it includes; what is not among the sources is left out and noted. */
export function expandIncludes(
  directives: readonly Directive[],
  sources: readonly NginxSource[],
  notices: string[],
): readonly Directive[] {
  return directives.flatMap((each) => {
    if (each.name === "include") return include(each, sources, notices);
    return each.block ? [{ ...each, block: expandIncludes(each.block, sources, notices) }] : [each];
  });
}

function include(each: Directive, sources: readonly NginxSource[], notices: string[]): readonly Directive[] {
  const pattern = posix.resolve(configurationFolder, unquote(each.words[0] ?? ""));
  const matches = sources.filter((source) => matchesGlob(source.path, pattern));
  if (matches.length === 0 && posix.basename(pattern) === "mime.types") return mimeTypes;
  if (matches.length === 0 && !/[*?[]/.test(pattern))
    notices.push(`${placeText(each)}: include ${pattern} is left out: no mount has that file.`);
  return matches
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((source) => expandIncludes(parseNginx(source.text, source.hostPath), without(sources, source), notices));
}

/** A file that includes itself ends there. */
function without(sources: readonly NginxSource[], source: NginxSource): readonly NginxSource[] {
  return sources.filter((each) => each !== source);
}

/** `file:line` of a directive, for messages. */
export function placeText({ place }: Directive): string {
  return place ? `${place.file}:${place.line}` : "added";
}

function matchesGlob(path: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\*/g, "[^/]*")
    .replace(/\?/g, "[^/]");
  return new RegExp(`^${source}$`).test(path);
}
