import type { RegexNode } from "./syntax.ts";

/** The source of a JavaScript `RegExp` with the flag `u` that matches the same. Atomic groups have none: `backtrack` runs those. */
export function emitJavaScript(node: RegexNode): string {
  switch (node.kind) {
    case "leaf":
      return node.source;
    case "sequence":
      return node.items.map(emitJavaScript).join("");
    case "choice":
      return `(?:${node.branches.map(emitJavaScript).join("|")})`;
    case "capture":
      return `(${emitJavaScript(node.child)})`;
    case "reference":
      return `(?:\\${node.number})`;
    case "look":
      return `(?${node.isBehind ? "<" : ""}${node.isNegative ? "!" : "="}${emitJavaScript(node.child)})`;
    case "atomic":
      return `(?:${emitJavaScript(node.child)})`;
    case "repeat": {
      const { child, min, max, isLazy } = node;
      const count = `{${min},${max === Number.POSITIVE_INFINITY ? "" : max}}`;
      const isOne = child.kind === "leaf" && child.isPlace !== true;
      return `${isOne ? child.source : `(?:${emitJavaScript(child)})`}${count}${isLazy ? "?" : ""}`;
    }
  }
}
