import { MongoError } from "../../../errors/mongo-error.ts";
import { equalValues } from "../../../values/compare.ts";
import type { Value } from "../../../values/document.ts";
import { isArray } from "../../../values/encode.ts";
import { type BsonType, typeOf } from "../../../values/types.ts";
import { typesNamed } from "../../operators/type-names.ts";
import { arrayOperand } from "../operands.ts";
import { explanation, type Keyword, type Rule } from "../rule.ts";

function typeRule(name: string, operand: Value, types: ReadonlySet<BsonType>): Rule {
  return {
    test: (value) => types.has(typeOf(value)),
    explain: (value) =>
      explanation(name, operand, [
        ["reason", "type did not match"],
        ["consideredValue", value],
        ["consideredType", typeOf(value).alias],
      ]),
  };
}

function aliasesOf(name: string, operand: Value): readonly string[] {
  const aliases = isArray(operand) ? operand : [operand];
  const texts = aliases.filter((alias) => typeof alias === "string");
  if (texts.length < aliases.length) {
    throw new MongoError(
      "TypeMismatch",
      `$jsonSchema keyword '${name}' must be either a string or an array of strings`,
    );
  }
  if (texts.length === 0)
    throw new MongoError("FailedToParse", `$jsonSchema keyword '${name}' must name at least one type`);
  if (new Set(texts).size < texts.length)
    throw new MongoError("FailedToParse", `$jsonSchema keyword '${name}' has duplicate value`);
  return texts;
}

const bsonType: Keyword = {
  name: "bsonType",
  parse: (operand) => typeRule("bsonType", operand, new Set(aliasesOf("bsonType", operand).flatMap(typesNamed))),
};

// JSON's names, and the aliases of BSON's types.
const jsonTypes: ReadonlyMap<string, string> = new Map([
  ["object", "object"],
  ["array", "array"],
  ["number", "number"],
  ["boolean", "bool"],
  ["string", "string"],
  ["null", "null"],
]);

const type: Keyword = {
  name: "type",
  parse(operand, { siblings }) {
    if (siblings.has("bsonType")) {
      throw new MongoError("FailedToParse", "Cannot specify both $jsonSchema keywords 'type' and 'bsonType'");
    }
    return typeRule(
      "type",
      operand,
      new Set(aliasesOf("type", operand).flatMap((alias) => typesNamed(jsonAlias(alias)))),
    );
  },
};

function jsonAlias(name: string): string {
  if (name === "integer")
    throw new MongoError("FailedToParse", "$jsonSchema type 'integer' is not currently supported.");
  const alias = jsonTypes.get(name);
  if (alias === undefined) throw new MongoError("BadValue", `Unknown type name alias: ${name}`);
  return alias;
}

const enumeration: Keyword = {
  name: "enum",
  parse(operand) {
    const values = arrayOperand("enum", operand);
    return {
      test: (value) => values.some((each) => equalValues(each, value)),
      explain: (value) =>
        explanation("enum", operand, [
          ["reason", "value was not found in enum"],
          ["consideredValue", value],
        ]),
    };
  },
};

/** `bsonType`, `type` and `enum` (manual, "$jsonSchema", Available Keywords). */
export const typeKeywords: readonly Keyword[] = [bsonType, type, enumeration];
