import { parseSchema } from "../schema/parse-schema.ts";
import type { RootOperator } from "./operator.ts";

/** `$jsonSchema` (manual, "$jsonSchema"). */
export const jsonSchemaOperator: RootOperator = {
  name: "$jsonSchema",
  parse(operand) {
    const schema = parseSchema(operand);
    return { kind: "whole", name: "$jsonSchema", argument: operand, test: (document) => schema.test(document) };
  },
};
