import type { Directive, Place } from "./directive.ts";

/** Configuration text, and for each of its lines the place that it came from; undefined for what we added. */
export interface PrintedNginx {
  readonly text: string;
  readonly origins: readonly (Place | undefined)[];
}

/** Writes directives, one a line, two spaces a level. */
export function printNginx(directives: readonly Directive[]): PrintedNginx {
  const lines: string[] = [];
  const origins: (Place | undefined)[] = [];
  const add = (text: string, place: Place | undefined) => {
    // A quoted word may span lines.
    for (const line of text.split("\n")) {
      lines.push(line);
      origins.push(place);
    }
  };
  const print = ({ name, words, block, place }: Directive, indent: string): void => {
    const head = indent + [name, ...words].join(" ");
    if (!block) {
      add(`${head};`, place);
      return;
    }
    add(`${head} {`, place);
    for (const inner of block) print(inner, `${indent}  `);
    add(`${indent}}`, place);
  };
  for (const each of directives) print(each, "");
  return { text: `${lines.join("\n")}\n`, origins };
}
