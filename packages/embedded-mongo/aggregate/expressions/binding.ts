import { MongoError } from "../../errors/mongo-error.ts";
import { Document } from "../../values/document.ts";
import { namedParts } from "./arguments.ts";
import { constant, type OperatorTable, type Variables } from "./expression.ts";
import { checkBindableName } from "./references.ts";

/** `$let`, `$literal` and `$const`. */
export const bindingOperators: OperatorTable = {
  $let: (argument, compiler) => {
    const parts = namedParts(argument, "$let", ["vars", "in"], [], {
      notObject: 16874,
      unknown: 16875,
      missing: [16876, 16877],
    });
    const vars = parts.get("vars");
    if (!(vars instanceof Document)) {
      throw new MongoError(10065, "invalid parameter: expected an object (vars)");
    }
    const bindings = [...vars.fields()].map(([name, value]) => {
      checkBindableName(name);
      return [name, compiler.compile(value)] as const;
    });
    const body = compiler.binding(bindings.map(([name]) => name)).compile(parts.get("in") ?? null);
    return (document, outer) => {
      let frames: Variables = outer;
      for (const [name, expression] of bindings) {
        frames = { name, value: expression(document, outer), outer: frames };
      }
      return body(document, frames);
    };
  },
  $literal: (argument) => constant(argument),
  $const: (argument) => constant(argument),
};
