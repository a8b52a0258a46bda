import { child, type Node, textOf } from "../yaml/node.ts";
import { dictionary, record } from "./collections.ts";
import { replace } from "./merge-rules.ts";
import { integer, numberOf } from "./scalars.ts";
import type { PrintFormat, Shape } from "./shape.ts";

const limit: Shape = {
  ...record("a limit", { soft: integer(), hard: integer() }, { required: ["soft", "hard"] }),
  is: "a whole number or a mapping with soft and hard",
  accepts: ["integer", "text", "mapping"],
  check: (given) => integer().check?.(given),
  merge: replace,
  print: printLimit,
};

/** `ulimits` of a service or a build. */
export const ulimits: Shape = dictionary(limit, { names: /^[a-z]+$/ });

function printLimit(node: Node, format: PrintFormat): unknown {
  if (node.kind === "scalar" && textOf(node) !== "0") return numberOf(node);
  const [soft = 0, hard = 0] = [numberOf(child(node, "soft")), numberOf(child(node, "hard"))];
  if (format === "yaml") return { soft, hard };
  return { ...(soft === 0 ? {} : { soft }), ...(hard === 0 ? {} : { hard }) };
}
