import { stringify } from "yaml";
import type { ComposeModel } from "./model.ts";

/** Prints a model as `docker compose config` does: services by name, keys in its order, `$` as `$$` so that the text can be read again. */
export function formatModel(model: ComposeModel, format: "json" | "yaml"): string {
  const text =
    format === "json" ? formatJson(model.json) : stringify(model.yaml, { lineWidth: 0, aliasDuplicateObjects: false });
  const escaped = text.replaceAll("$", "$$$$");
  return escaped.endsWith("\n") ? escaped : `${escaped}\n`;
}

const escapes: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

function formatJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? character);
}
