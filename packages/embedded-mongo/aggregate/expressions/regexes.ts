import { MongoError } from "../../errors/mongo-error.ts";
import type { BacktrackingPattern, Found } from "../../match/regex/backtrack.ts";
import { type CompiledPattern, compilePattern } from "../../match/regex/compile-pattern.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { int32, RegexValue } from "../../values/scalars.ts";
import { namedParts } from "./arguments.ts";
import { constantOf, type Expression, fold, type Operator, type OperatorTable, type Result } from "./expression.ts";
import { countCodePoints } from "./string-joining.ts";
import { isNullish, typeName } from "./values.ts";

/** `$regexMatch`, `$regexFind` and `$regexFindAll`. */
export const regexOperators: OperatorTable = {
  $regexMatch: searching((text, pattern) => pattern.test(text), false),
  $regexFind: searching((text, pattern) => {
    const found = pattern.find(text, 0);
    return found ? describe(text, found) : null;
  }, null),
  $regexFindAll: searching((text, pattern) => {
    const all: Value[] = [];
    let at = 0;
    do {
      const found = pattern.find(text, at);
      if (!found) break;
      all.push(describe(text, found));
      // A match of nothing moves on by one code point; at the end of the text none is looked for.
      at = found.end > found.start ? found.end : found.end + ((text.codePointAt(found.end) ?? 0) > 0xffff ? 2 : 1);
    } while (at < text.length);
    return all;
  }, []),
};

type Pattern = BacktrackingPattern;

function finding({ pattern }: CompiledPattern): Pattern {
  if (!(pattern instanceof RegExp)) return pattern;
  const global = new RegExp(pattern.source, `${pattern.flags}g`);
  return {
    test: (text) => pattern.test(text),
    find(text, from) {
      global.lastIndex = from;
      const found = global.exec(text);
      if (!found) return undefined;
      const [whole, ...captures] = found;
      return { start: found.index, end: found.index + whole.length, captures };
    },
  };
}

function describe(text: string, { start, end, captures }: Found): Document {
  return Document.from([
    ["match", text.slice(start, end)],
    ["idx", int32(countCodePoints(text.slice(0, start)))],
    ["captures", captures.map((capture) => capture ?? null)],
  ]);
}

function searching(search: (text: string, pattern: Pattern) => Result, ofNothing: Result): Operator {
  return (argument, compiler, name) => {
    const parts = namedParts(argument, name, ["input", "regex"], ["options"], {
      notObject: 51103,
      unknown: 31024,
      missing: [31022, 31023],
    });
    const input = compiler.compile(parts.get("input") ?? null);
    const regex = compiler.compile(parts.get("regex") ?? null);
    const options = parts.has("options") ? compiler.compile(parts.get("options") ?? null) : undefined;
    const compile = compiling(name, regex, options);
    const operands = [input, regex, ...(options ? [options] : [])];
    return fold(
      (document, variables) => {
        const text = input(document, variables);
        const pattern = compile(document, variables);
        if (isNullish(text)) return ofNothing;
        if (typeof text !== "string") {
          throw new MongoError(51104, `${name} needs 'input' to be of type string`);
        }
        return pattern ? search(text, pattern) : ofNothing;
      },
      operands,
      emptyDocument,
    );
  };
}

/** Compiles the pattern, once when it is constant; undefined when it is null. */
function compiling(
  name: string,
  regex: Expression,
  options: Expression | undefined,
): (...input: Parameters<Expression>) => Pattern | undefined {
  const make = (pattern: Result, flags: Result) => {
    const value = regexOf(name, pattern, flags);
    return value && finding(compiled(name, value));
  };
  if (constantOf(regex) && (!options || constantOf(options))) {
    const pattern = make(constantOf(regex)?.value, options && constantOf(options)?.value);
    return () => pattern;
  }
  return (document, variables) => make(regex(document, variables), options?.(document, variables));
}

function regexOf(name: string, pattern: Result, options: Result): RegexValue | undefined {
  if (!isNullish(options) && typeof options !== "string") {
    throw new MongoError(51106, `${name} needs 'options' to be of type string, found ${typeName(options)}`);
  }
  if (isNullish(pattern)) return undefined;
  if (typeof pattern === "string") return new RegexValue(pattern, options ?? "");
  if (!(pattern instanceof RegexValue)) {
    throw new MongoError(51105, `${name} needs 'regex' to be of type string or regex`);
  }
  if (pattern.options !== "" && options) {
    throw new MongoError(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
  }
  return options ? new RegexValue(pattern.pattern, options) : pattern;
}

/** What is wrong with a pattern has a number of its own here. @throws MongoError 51111 */
function compiled(name: string, value: RegexValue): CompiledPattern {
  try {
    return compilePattern(value);
  } catch (error) {
    if (error instanceof MongoError && error.code === 51091)
      throw new MongoError(51111, `Invalid Regex in ${name}: ${error.message}`);
    throw error;
  }
}
