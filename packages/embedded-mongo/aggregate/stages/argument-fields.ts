import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import { typeName } from "../expressions/values.ts";

/** The parts of a stage's argument, a document that may have these parts only. @throws MongoError FailedToParse, or the code given */
export function argumentFields(
  argument: Value,
  stage: string,
  known: readonly string[],
  codes: { readonly notObject?: number; readonly unknown?: number } = {},
): ReadonlyMap<string, Value> {
  if (!(argument instanceof Document)) {
    throw new MongoError(
      codes.notObject ?? "FailedToParse",
      `the ${stage} stage specification must be an object, but found ${typeName(argument)}`,
    );
  }
  for (const name of argument.fields().keys()) {
    if (known.includes(name)) continue;
    throw new MongoError(codes.unknown ?? "FailedToParse", `unknown argument to ${stage}: ${name}`);
  }
  return argument.fields();
}
