import type { Report } from "../report.ts";
import { type Entry, type Node, type ScalarNode, scalar } from "../yaml/node.ts";
import type { Place } from "../yaml/source.ts";
import { type Gap, interpolate, type Lookup } from "./interpolate.ts";

/**
 * Fills variables into every text below a node; keys stay as they are. A value that cannot be filled in is reported and
 * taken out, so that what follows does not complain of it again.
 */
export function interpolateTree(node: Node, lookup: Lookup, path: string, report: Report): Node | undefined {
  switch (node.kind) {
    case "scalar":
      return interpolateScalar(node, lookup, path, report);
    case "list": {
      const items = node.items.flatMap((item, index): readonly Node[] => {
        const value = interpolateTree(item, lookup, `${path}[${index}]`, report);
        return value ? [{ ...value, index }] : [];
      });
      return { ...node, items };
    }
    case "mapping": {
      const entries = new Map<string, Entry>();
      const dropped = new Set(node.dropped);
      for (const [key, entry] of node.entries) {
        const value = interpolateTree(entry.node, lookup, path === "" ? key : `${path}.${key}`, report);
        if (value) entries.set(key, value === entry.node ? entry : { ...entry, node: value });
        else dropped.add(key);
      }
      return { ...node, entries, ...(dropped.size > 0 ? { dropped } : {}) };
    }
  }
}

function interpolateScalar(node: ScalarNode, lookup: Lookup, path: string, report: Report): ScalarNode | undefined {
  if (typeof node.value !== "string" || !node.value.includes("$")) return node;
  const { text, gaps } = interpolate(node.value, lookup);
  if (gaps.length === 0) return scalar(text, node.place);
  const service = /^services\.([^.[]+)\./.exec(path)?.[1];
  for (const gap of gaps) {
    report({
      place: placeOfGap(node.place, gap),
      ...describeGap(gap, path),
      ...(service === undefined ? {} : { onlyFor: service }),
    });
  }
  return undefined;
}

/** Wording of a variable that cannot be filled in. */
function describeGap(gap: Gap, path: string): { readonly message: string; readonly hint: string } {
  const where = path === "" ? "" : `${path}: `;
  switch (gap.kind) {
    case "unset":
      return {
        message: `${where}the variable ${gap.variable} is not set`,
        hint: `put it into .env, or write \${${gap.variable}:-a default}`,
      };
    case "required":
      return {
        message: `${where}the variable ${gap.variable} is needed${gap.message === "" ? "" : `: ${gap.message}`}`,
        hint: "put it into .env, or set it for this command",
      };
    case "malformed":
      return {
        message: `${where}${gap.expression} is not a variable`,
        hint: "write ${NAME} or ${NAME:-default}, and $$ for a dollar sign",
      };
  }
}

function placeOfGap(place: Place, gap: Gap): Place {
  const raw = place.source.text.slice(place.start, place.end);
  const found = raw.indexOf(gap.expression);
  if (found < 0) return place;
  const start = place.start + found;
  return { source: place.source, start, end: start + gap.expression.length };
}
