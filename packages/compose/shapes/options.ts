import { type Node, textOf } from "../yaml/node.ts";
import { dictionary, keyValues, sorted } from "./collections.ts";
import { looseText } from "./scalars.ts";
import type { Shape } from "./shape.ts";

/** Options that are handed on as text: `driver_opts`, `logging.options`, `storage_opt`. */
export const options: Shape = keyValues("empty", { is: "a mapping", accepts: ["mapping"] });

const value = looseText("a text, a number or a boolean", { accepts: ["text", "integer", "number", "boolean"] });

/** Options of a provider, each of which may stand several times. */
export const providerOptions: Shape = dictionary(
  { ...value, is: "a value or a list of values", accepts: [...value.accepts, "list"], item: value },
  {
    print: (node) => {
      const printed = sorted(node).map(([key, entry]) => [key, valuesOf(entry.node)] as const);
      return printed.length === 0 ? undefined : Object.fromEntries(printed);
    },
  },
);

function valuesOf(node: Node): readonly string[] {
  return (node.kind === "list" ? node.items : [node]).map((item) => textOf(item) ?? "");
}
