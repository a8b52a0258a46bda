import { MongoError } from "../../errors/mongo-error.ts";
import { named } from "./arguments.ts";
import type { Operator, OperatorTable, Result } from "./expression.ts";
import { isNullish, typeName } from "./values.ts";

/** `$trim`, `$ltrim`, `$rtrim`, `$replaceOne` and `$replaceAll`. */
export const stringReplacingOperators: OperatorTable = {
  $trim: trimming(true, true),
  $ltrim: trimming(true, false),
  $rtrim: trimming(false, true),
  // A replacement function: `$` has no meaning in the text.
  $replaceOne: replacing((input, find, replacement) => input.replace(find, () => replacement)),
  $replaceAll: replacing((input, find, replacement) => input.replaceAll(find, () => replacement)),
};

// Manual, "$trim", Whitespace Characters.
const whitespace: ReadonlySet<string> = new Set(
  "\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a",
);

function trimming(atStart: boolean, atEnd: boolean): Operator {
  return named(
    ["input"],
    ["chars"],
    (values, name) => {
      const { input, chars } = values;
      if (isNullish(input)) return null;
      if (typeof input !== "string") {
        throw new MongoError(50699, `${name} requires its input to be a string, got ${typeName(input)} instead.`);
      }
      if (isNullish(chars) && "chars" in values) return null;
      if (chars !== undefined && typeof chars !== "string") {
        throw new MongoError(50700, `${name} requires 'chars' to be a string, got ${typeName(chars)} instead.`);
      }
      return trim([...input], typeof chars === "string" ? new Set(chars) : whitespace, atStart, atEnd);
    },
    { notObject: 50696, unknown: 50694, missing: 50695 },
  );
}

function trim(points: readonly string[], dropped: ReadonlySet<string>, atStart: boolean, atEnd: boolean): string {
  let [start, end] = [0, points.length];
  if (atStart) while (start < end && dropped.has(points[start] ?? "")) start++;
  if (atEnd) while (end > start && dropped.has(points[end - 1] ?? "")) end--;
  return points.slice(start, end).join("");
}

function replacing(replace: (input: string, find: string, replacement: string) => string): Operator {
  return named(
    ["input", "find", "replacement"],
    [],
    ({ input, find, replacement }, name) => {
      const [text, old, fresh] = [
        stringPart(input, name, "input", 51746),
        stringPart(find, name, "find", 51745),
        stringPart(replacement, name, "replacement", 51744),
      ];
      return text === null || old === null || fresh === null ? null : replace(text, old, fresh);
    },
    { notObject: 51751, unknown: 51750, missing: [51749, 51748, 51747] },
  );
}

function stringPart(value: Result, name: string, part: string, code: number): string | null {
  if (isNullish(value)) return null;
  if (typeof value === "string") return value;
  throw new MongoError(code, `${name} requires that '${part}' be a string, found: ${typeName(value)}`);
}
