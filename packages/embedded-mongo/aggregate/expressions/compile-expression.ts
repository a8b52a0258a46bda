import { MongoError } from "../../errors/mongo-error.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { operators } from "./all-operators.ts";
import { type Compiler, constant, constantOf, type Expression, type ExpressionOptions, fold } from "./expression.ts";
import { compileReference } from "./references.ts";

/**
 * Compiles an aggregation expression: a path or variable (`"$a.b"`, `"$$NOW"`), an operator (`{ $add: [...] }`), a document or an array
 * of expressions, or a value that means itself (manual, "Expression Operators").
 * @throws MongoError InvalidPipelineOperator for an unknown operator, and what MongoDB's operators say of their arguments
 */
export function compileExpression(value: Value, options: ExpressionOptions): Expression {
  return createCompiler(options).compile(value);
}

/** The compiler itself, for stages that bind variables. */
export function createCompiler(options: ExpressionOptions): Compiler {
  const compiler: Compiler = {
    options,
    compile: (value) => compileWith(compiler, value),
    hasOperator: (name) => operators.has(name),
    binding: (names) => createCompiler({ ...options, variables: new Set([...(options.variables ?? []), ...names]) }),
  };
  return compiler;
}

function compileWith(compiler: Compiler, value: Value): Expression {
  if (typeof value === "string") return value.startsWith("$") ? compileReference(value, compiler) : constant(value);
  if (value instanceof Document) return compileDocument(compiler, value);
  return isArray(value) ? compileArray(compiler, value) : constant(value);
}

function compileDocument(compiler: Compiler, document: Document): Expression {
  const name = document.firstName;
  if (name?.startsWith("$")) return compileOperator(compiler, document, name);
  const fields: (readonly [string, Expression])[] = [];
  for (const [field, value] of document.fields()) {
    checkName(field);
    fields.push([field, compiler.compile(value)]);
  }
  return fold(
    (input, variables) => {
      const made = new Map<string, Value>();
      for (const [field, expression] of fields) {
        const result = expression(input, variables);
        if (result !== undefined) made.set(field, result);
      }
      return Document.of(made);
    },
    fields.map(([, expression]) => expression),
    emptyDocument,
  );
}

function checkName(field: string): void {
  if (field.startsWith("$")) {
    throw new MongoError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
  }
  if (field.includes(".")) {
    throw new MongoError(16412, `FieldPath field names may not contain '.'. Consider using $getField or $setField.`);
  }
}

const onlyOneField = (document: Document): string =>
  `an object representing an expression must have exactly one field, but has: ${[...document.fields().keys()].join(", ")}`;

function compileOperator(compiler: Compiler, document: Document, name: string): Expression {
  if (document.size !== 1) throw new MongoError(15983, onlyOneField(document));
  const operator = operators.get(name);
  if (!operator) throw new MongoError("InvalidPipelineOperator", `Unrecognized expression '${name}'`);
  return operator(document.get(name) ?? null, compiler, name);
}

function compileArray(compiler: Compiler, items: readonly Value[]): Expression {
  const expressions = items.map((item) => compiler.compile(item));
  if (expressions.every((each) => constantOf(each)))
    return constant(items.length === 0 ? items : fixedItems(expressions));
  return (document, variables) => expressions.map((each) => each(document, variables) ?? null);
}

const fixedItems = (expressions: readonly Expression[]): Value =>
  expressions.map((each) => constantOf(each)?.value ?? null);
