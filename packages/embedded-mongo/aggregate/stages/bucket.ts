import { MongoError } from "../../errors/mongo-error.ts";
import { compareValues } from "../../values/compare.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { int32 } from "../../values/scalars.ts";
import { typeOf } from "../../values/types.ts";
import { type Compiler, constantOf } from "../expressions/expression.ts";
import { argumentFields } from "./argument-fields.ts";
import { compilerOf } from "./compiler.ts";
import { compileGroup } from "./group.ts";
import { compileSortStage } from "./sort.ts";
import type { StageCompiler } from "./stage.ts";

/** `$bucket`: `$group` by ranges between boundaries. */
export const compileBucket: StageCompiler = (argument, context, name) => {
  const fields = argumentFields(argument, "$bucket", ["groupBy", "boundaries", "default", "output"], {
    notObject: 40201,
    unknown: 40197,
  });
  const [groupBy, list] = [fields.get("groupBy"), fields.get("boundaries")];
  if (groupBy === undefined || list === undefined) {
    throw new MongoError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  }
  checkGroupBy(groupBy, 40202);
  const compiler = compilerOf(context);
  const boundaries = readBoundaries(list, compiler);
  const fallback = readDefault(fields.get("default"), boundaries, compiler);
  const branches = boundaries.slice(0, -1).map((least, index) =>
    Document.from([
      [
        "case",
        operator("$and", [
          operator("$gte", [groupBy, literal(least)]),
          operator("$lt", [groupBy, literal(boundaries[index + 1] ?? null)]),
        ]),
      ],
      ["then", literal(least)],
    ]),
  );
  const parts: [string, Value][] = [["branches", branches]];
  if (fallback !== undefined) parts.push(["default", literal(fallback)]);
  const group = compileGroup(
    Document.of(
      new Map<string, Value>([
        ["_id", operator("$switch", Document.from(parts))],
        ...outputOf(fields.get("output"), 40196),
      ]),
    ),
    context,
    name,
  );
  const sort = compileSortStage(Document.from([["_id", int32(1)]]), context, name);
  return { run: (source) => sort.run(group.run(source)) };
};

const operator = (name: string, argument: Value): Document => Document.from([[name, argument]]);
const literal = (value: Value): Document => operator("$literal", value);

/** @throws MongoError with the code when it is no path and no expression */
export function checkGroupBy(groupBy: Value, code: number): void {
  const isExpression = groupBy instanceof Document || (typeof groupBy === "string" && groupBy.startsWith("$"));
  if (!isExpression)
    throw new MongoError(code, "The 'groupBy' field must be defined as a $-prefixed path or an expression");
}

/** The fields of the results: a count, unless others are asked for. @throws MongoError with the code */
export function outputOf(output: Value | undefined, code: number): Iterable<readonly [string, Value]> {
  if (output === undefined) return [["count", operator("$sum", int32(1))]];
  if (output instanceof Document) return output.fields();
  throw new MongoError(code, "The 'output' field must be an object");
}

function readBoundaries(list: Value, compiler: Compiler): readonly Value[] {
  if (!isArray(list)) throw new MongoError(40200, "The $bucket 'boundaries' field must be an array");
  if (list.length < 2) throw new MongoError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  const values = list.map((item) =>
    constantValue(item, compiler, 40191, "'boundaries' must be an array of constant expressions"),
  );
  for (const [index, value] of values.entries()) {
    const before = values[index - 1];
    if (before === undefined) continue;
    if (typeOf(before).rank !== typeOf(value).rank) {
      throw new MongoError(40193, "All values in the 'boundaries' option to $bucket must have the same type");
    }
    if (compareValues(before, value, compiler.options.collation?.compare) >= 0) {
      throw new MongoError(40194, "The 'boundaries' option to $bucket must be sorted");
    }
  }
  return values;
}

function constantValue(item: Value, compiler: Compiler, code: number, message: string): Value {
  const known = constantOf(compiler.compile(item));
  if (!known) throw new MongoError(code, `The $bucket ${message}`);
  return known.value ?? null;
}

function readDefault(value: Value | undefined, boundaries: readonly Value[], compiler: Compiler): Value | undefined {
  if (value === undefined) return undefined;
  const fallback = constantValue(value, compiler, 40195, "'default' field must be a constant expression");
  const compare = compiler.options.collation?.compare;
  const [least, most] = [boundaries[0] ?? emptyDocument, boundaries.at(-1) ?? emptyDocument];
  const isInside = compareValues(fallback, least, compare) >= 0 && compareValues(fallback, most, compare) < 0;
  if (isInside) {
    throw new MongoError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  }
  return fallback;
}
