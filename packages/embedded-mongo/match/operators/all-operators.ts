import { allOperator, elemMatchOperator } from "./array.ts";
import { bitOperators } from "./bits.ts";
import { comparisonOperators } from "./comparison.ts";
import { existsOperator, sizeOperator, typeOperator } from "./element.ts";
import { geoOperators } from "./geo.ts";
import { jsonSchemaOperator } from "./json-schema.ts";
import { logicalOperators, notOperator } from "./logical.ts";
import { membershipOperators } from "./membership.ts";
import { modOperator } from "./mod.ts";
import type { FieldOperator, RootOperator } from "./operator.ts";
import { regexOperator, regexOptionsOperator } from "./regex.ts";
import { textOperator } from "./text.ts";
import { wholeDocumentOperators } from "./whole-document.ts";

const byName = <T extends { readonly name: string }>(operators: readonly T[]): ReadonlyMap<string, T> =>
  new Map(operators.map((operator) => [operator.name, operator]));

/** All operators of fields, by name. */
export const fieldOperators: ReadonlyMap<string, FieldOperator> = byName([
  ...comparisonOperators,
  ...membershipOperators,
  ...bitOperators,
  ...geoOperators,
  notOperator,
  existsOperator,
  typeOperator,
  sizeOperator,
  elemMatchOperator,
  allOperator,
  modOperator,
  regexOperator,
  regexOptionsOperator,
]);

/** All operators that stand in a field's place, by name. */
export const rootOperators: ReadonlyMap<string, RootOperator> = byName([
  ...logicalOperators,
  ...wholeDocumentOperators,
  textOperator,
  jsonSchemaOperator,
]);
