import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { namedParts, operandsOf } from "./arguments.ts";
import { type Compiler, constantOf, type Expression, type OperatorTable } from "./expression.ts";
import { isNullish, isTrue } from "./values.ts";

/** `$cond`, `$ifNull` and `$switch`: only the branch that is taken is evaluated. */
export const conditionalOperators: OperatorTable = {
  $cond: (argument, compiler, name) => {
    const [test, then, otherwise] = condParts(argument, compiler, name);
    if (!test || !then || !otherwise) return () => undefined;
    const known = constantOf(test);
    if (known) return isTrue(known.value) ? then : otherwise;
    return (document, variables) =>
      isTrue(test(document, variables)) ? then(document, variables) : otherwise(document, variables);
  },
  $ifNull: (argument, compiler) => {
    const items = isArray(argument) ? argument : [argument];
    if (items.length < 2) {
      throw new MongoError(1257300, `$ifNull needs at least two arguments, had: ${items.length}`);
    }
    const operands = items.map((item) => compiler.compile(item));
    const last = operands.pop();
    return (document, variables) => {
      for (const operand of operands) {
        const value = operand(document, variables);
        if (!isNullish(value)) return value;
      }
      return last?.(document, variables);
    };
  },
  $switch: compileSwitch,
};

function condParts(argument: Value, compiler: Compiler, name: string): readonly Expression[] {
  if (!(argument instanceof Document)) return operandsOf(argument, compiler, name, 3);
  const parts = namedParts(argument, name, ["if", "then", "else"], [], {
    unknown: 17083,
    missing: [17080, 17081, 17082],
  });
  return ["if", "then", "else"].map((part) => compiler.compile(parts.get(part) ?? null));
}

function compileSwitch(argument: Value, compiler: Compiler): Expression {
  const parts = namedParts(argument, "$switch", [], ["branches", "default"], { notObject: 40060, unknown: 40067 });
  const list = parts.get("branches") ?? [];
  if (!isArray(list)) throw new MongoError(40061, "$switch expected an array for 'branches'");
  if (list.length === 0) throw new MongoError(40068, "$switch requires at least one branch.");
  const branches = list.map((branch) => compileBranch(branch, compiler));
  const fallback = parts.get("default");
  const otherwise = fallback === undefined ? undefined : compiler.compile(fallback);
  return (document, variables) => {
    for (const { test, result } of branches) {
      if (isTrue(test(document, variables))) return result(document, variables);
    }
    if (otherwise) return otherwise(document, variables);
    throw new MongoError(40066, "$switch could not find a matching branch for an input, and no default was specified.");
  };
}

function compileBranch(branch: Value, compiler: Compiler): { readonly test: Expression; readonly result: Expression } {
  if (!(branch instanceof Document)) {
    throw new MongoError(40062, "$switch expected each branch to be an object");
  }
  for (const part of branch.fields().keys()) {
    if (part !== "case" && part !== "then") {
      throw new MongoError(40063, `$switch found an unknown argument to a branch: ${part}`);
    }
  }
  const [test, then] = [branch.get("case"), branch.get("then")];
  if (test === undefined) throw new MongoError(40064, "$switch requires each branch have a 'case' expression");
  if (then === undefined) throw new MongoError(40065, "$switch requires each branch have a 'then' expression.");
  return { test: compiler.compile(test), result: compiler.compile(then) };
}
