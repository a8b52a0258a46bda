import { Document, type Value } from "../../values/document.ts";

/** One keyword of a schema, with its operand. */
export interface Rule {
  /** Whether a value meets it; of a type that it does not speak of, every value does. */
  test(value: Value): boolean;
  /** For a value that fails: what an error tells, as in the manual's "Schema Validation", Understand Validation Errors. */
  explain(value: Value): Document;
}

/** A schema: all its rules. */
export interface Schema {
  test(value: Value): boolean;
  /** The rules that a value fails. */
  failures(value: Value): readonly Document[];
  readonly title: Value | undefined;
  readonly description: Value | undefined;
}

/** What a keyword may ask of the parser. */
export interface SchemaContext {
  /** The schema that the keyword stands in. */
  readonly siblings: Document;
  parse(schema: Value, keyword: string): Schema;
}

/** A keyword. Undefined where another keyword speaks for it. */
export interface Keyword {
  readonly name: string;
  /** @throws MongoError TypeMismatch, FailedToParse, BadValue */
  parse(operand: Value, context: SchemaContext): Rule | undefined;
}

type Details = Iterable<readonly [string, Value | undefined]>;

/** The explanation of a keyword that holds no schemas. */
export const explanation = (name: string, operand: Value, details: Details): Document =>
  documentOf([["operatorName", name], ["specifiedAs", Document.from([[name, operand]])], ...details]);

/** The fields that have a value. */
export const documentOf = (fields: Details): Document =>
  Document.from([...fields].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
