import { MongoError } from "../../errors/mongo-error.ts";
import type { Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { namedParts } from "./arguments.ts";
import type { Compiler, OperatorTable } from "./expression.ts";
import { checkBindableName } from "./references.ts";
import { asInteger, isNullish, isTrue, typeName } from "./values.ts";

/** `$map`, `$filter` and `$reduce`: an expression for each element of an array. */
export const arrayIterationOperators: OperatorTable = {
  $map: (argument, compiler) => {
    const parts = namedParts(argument, "$map", ["input", "in"], ["as"], {
      notObject: 16878,
      unknown: 16879,
      missing: [16880, 16882],
    });
    const input = compiler.compile(parts.get("input") ?? null);
    const { name, inner } = bindElement(parts, compiler);
    const body = inner.compile(parts.get("in") ?? null);
    return (document, outer) => {
      const items = input(document, outer);
      if (isNullish(items)) return null;
      if (!isArray(items)) throw new MongoError(16883, `input to $map must be an array not ${typeName(items)}`);
      return items.map((value) => body(document, { name, value, outer }) ?? null);
    };
  },
  $filter: (argument, compiler) => {
    const parts = namedParts(argument, "$filter", ["input", "cond"], ["as", "limit"], {
      notObject: 28646,
      unknown: 28647,
      missing: [28648, 28650],
    });
    const input = compiler.compile(parts.get("input") ?? null);
    const limit = parts.has("limit") ? compiler.compile(parts.get("limit") ?? null) : undefined;
    const { name, inner } = bindElement(parts, compiler);
    const test = inner.compile(parts.get("cond") ?? null);
    return (document, outer) => {
      const items = input(document, outer);
      if (isNullish(items)) return null;
      if (!isArray(items)) throw new MongoError(28651, `input to $filter must be an array not ${typeName(items)}`);
      const most = limit ? limitOf(limit(document, outer)) : Number.POSITIVE_INFINITY;
      const kept: Value[] = [];
      for (const value of items) {
        if (isTrue(test(document, { name, value, outer }))) kept.push(value);
        if (kept.length >= most) break;
      }
      return kept;
    };
  },
  $reduce: (argument, compiler) => {
    const parts = namedParts(argument, "$reduce", ["input", "initialValue", "in"], [], {
      notObject: 40075,
      unknown: 40076,
      missing: [40077, 40078, 40079],
    });
    const input = compiler.compile(parts.get("input") ?? null);
    const initial = compiler.compile(parts.get("initialValue") ?? null);
    const body = compiler.binding(["this", "value"]).compile(parts.get("in") ?? null);
    return (document, outer) => {
      const items = input(document, outer);
      if (isNullish(items)) return null;
      if (!isArray(items)) {
        throw new MongoError(40080, `$reduce requires that 'input' be an array, found: ${typeName(items)}`);
      }
      let result = initial(document, outer);
      for (const item of items) {
        const withItem = { name: "this", value: item, outer };
        result = body(document, { name: "value", value: result, outer: withItem });
      }
      return result;
    };
  },
};

function bindElement(
  parts: ReadonlyMap<string, Value>,
  compiler: Compiler,
): { readonly name: string; readonly inner: Compiler } {
  const given = parts.get("as");
  const name = typeof given === "string" ? given : "this";
  checkBindableName(name);
  return { name, inner: compiler.binding([name]) };
}

function limitOf(value: Value | undefined): number {
  if (isNullish(value)) return Number.POSITIVE_INFINITY;
  const limit = asInteger(value);
  if (limit === undefined) {
    throw new MongoError(327391, `$filter: limit must be represented as a 32-bit integral value: ${typeName(value)}`);
  }
  if (limit <= 0) throw new MongoError(327392, `$filter: limit must be greater than 0: ${limit}`);
  return limit;
}
