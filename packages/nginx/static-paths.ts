import { type Directive, unquote } from "./directive.ts";

/**
 * The folders and files that a configuration serves as they are, as it names them: `root` and `alias`, each once. A path with variables counts as the folder above the
 * first one.
 */
export function staticPaths(directives: readonly Directive[]): readonly string[] {
  const paths = directives.flatMap(({ name, words: [word], block }) => [
    ...(word !== undefined && (name === "root" || name === "alias") ? [fixedPart(unquote(word))] : []),
    ...(block ? staticPaths(block) : []),
  ]);
  return [...new Set(paths)];
}

function fixedPart(path: string): string {
  const variable = path.indexOf("$");
  return variable < 0 ? path : path.slice(0, path.lastIndexOf("/", variable) + 1);
}
