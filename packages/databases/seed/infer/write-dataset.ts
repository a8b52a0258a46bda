import type { FieldSummary } from "./field-summary.ts";
import { type WritingContext, writeDocument } from "./write-field.ts";

/** A collection as it was found. */
export interface FoundCollection {
  readonly name: string;
  readonly count: number;
  readonly sampled: number;
  readonly summary: FieldSummary;
  /** As listIndexes tells them, without the one on `_id`. */
  readonly indexes: readonly Readonly<Record<string, unknown>>[];
}

const contextWords = ["index", "int", "random", "chance", "weighted", "many", "parent"];

/** The text of a dataset's file. `referenceOf` finds the collection of ids. */
export function writeDataset(
  name: string,
  collections: readonly FoundCollection[],
  options: Omit<WritingContext, "use">,
): string {
  const words = new Set(["dataset"]);
  const parts = collections.map((each) => writeCollection(each, options, words));
  const imports = [...words].sort().join(", ");
  return `import { ${imports} } from "drydock";\n\nexport default dataset(${JSON.stringify(name)}, {\n${indent(parts.join("\n"))}\n});\n`;
}

function writeCollection(
  { name, count, sampled, summary, indexes }: FoundCollection,
  options: Omit<WritingContext, "use">,
  words: Set<string>,
): string {
  const inContext = new Set<string>();
  const use = (word: string): void => void (contextWords.includes(word) ? inContext : words).add(word);
  const context = { ...options, use };
  const id = summary.fields.get("_id");
  const rest = { ...summary, fields: new Map([...summary.fields].filter(([field]) => field !== "_id")) };
  const fields = writeDocument(rest, sampled, context).replace("{\n", `{\n_id: ${writeId(id, use)},\n`);
  const parameters = inContext.size > 0 ? `{ ${[...inContext].sort().join(", ")} }` : "";
  const lines = [
    `count: ${count},`,
    ...(indexes.length > 0
      ? [`indexes: [${indexes.map((index) => writeIndex(index, options.isMasked)).join(", ")}],`]
      : []),
    `document: (${parameters}) => (${fields}),`,
  ];
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  return `${key}: {\n${lines.join("\n")}\n},`;
}

function writeId(id: FieldSummary | undefined, use: (word: string) => void): string {
  const type = [...(id?.types.keys() ?? [])][0];
  if (type === "int" || type === "string") {
    use("index");
    return type === "int" ? "index" : "String(index)";
  }
  use("id");
  return "id()";
}

/** Filters of partial indexes are data: when masked they are left out. */
function writeIndex(index: Readonly<Record<string, unknown>>, isMasked: boolean): string {
  const { v: _version, ns: _namespace, partialFilterExpression, ...rest } = index;
  const kept = isMasked || partialFilterExpression === undefined ? rest : { ...rest, partialFilterExpression };
  return JSON.stringify(kept);
}

/** By the braces and brackets at the ends of lines. */
function indent(text: string): string {
  let depth = 1;
  return text
    .split("\n")
    .map((line) => {
      if (/^[}\])]/.test(line)) depth--;
      const indented = `${"  ".repeat(depth)}${line}`;
      if (/[{[(]$/.test(line)) depth++;
      return indented;
    })
    .join("\n");
}
