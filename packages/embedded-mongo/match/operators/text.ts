import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { typeOf } from "../../values/types.ts";
import type { RootOperator } from "./operator.ts";

const fields: ReadonlyMap<string, "string" | "bool"> = new Map([
  ["$search", "string"],
  ["$language", "string"],
  ["$caseSensitive", "bool"],
  ["$diacriticSensitive", "bool"],
]);

/** `$text` (manual, "$text"): checked here, answered by the text index. */
export const textOperator: RootOperator = {
  name: "$text",
  parse(operand) {
    if (!(operand instanceof Document)) throw new MongoError("BadValue", "$text expects an object");
    if (operand.get("$search") === undefined) throw new MongoError("FailedToParse", "$search is required");
    for (const [name, value] of operand.fields()) checkField(name, value);
    return { kind: "text", search: operand };
  },
};

function checkField(name: string, value: Value): void {
  const wanted = fields.get(name);
  if (wanted === undefined) throw new MongoError("BadValue", "extra fields in $text");
  if (typeOf(value).alias === wanted) return;
  const article = wanted === "bool" ? "a boolean" : "a string";
  throw new MongoError(
    "TypeMismatch",
    `${name} had the wrong type. Expected ${wanted}, found ${typeOf(value).alias}: ${article} is needed`,
  );
}
