import { compileExpression } from "../../aggregate/expressions/compile-expression.ts";
import type { Result } from "../../aggregate/expressions/expression.ts";
import { type Collation, parseCollation } from "../../collation/collation.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import type { QueryOptions } from "../../match/query-options.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { CollectionInfo } from "../../storage/store.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { DateValue } from "../../values/scalars.ts";

/** What the statements of one command share: its moment, and its `let`. */
export interface Operating {
  readonly now: DateValue;
  readonly constants: ReadonlyMap<string, Result>;
}

/** Reads `let`, whose values are expressions without a document. @throws MongoError as expressions do */
export function operating(context: Pick<CommandContext, "clock">, variables: Document | undefined): Operating {
  const now = new DateValue(context.clock.now());
  const constants = new Map<string, Result>();
  for (const [name, value] of variables?.fields() ?? []) {
    if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name)) throw invalidVariable(name);
    constants.set(name, compileExpression(value, { now, constants })(emptyDocument, undefined));
  }
  return { now, constants };
}

const invalidVariable = (name: string): MongoError =>
  new MongoError("FailedToParse", `'${name}' starts with an invalid character for a user variable name`);

/** The options of one statement on a collection, whose own collation holds unless the statement names one. */
export function queryOptions(
  { now, constants }: Operating,
  collation: Document | undefined,
  info: Pick<CollectionInfo, "options"> | undefined,
): QueryOptions {
  const inherited = info?.options.get("collation");
  const strings = collationOf(collation ?? (inherited instanceof Document ? inherited : undefined));
  return {
    now,
    collation: strings,
    compileExpression(value: Value) {
      const expression = compileExpression(value, { now, constants, collation: strings });
      return (document) => expression(document, undefined);
    },
  };
}

/** An operation's collation; undefined for the binary comparison of strings. @throws MongoError */
export function collationOf(specification: Document | undefined): Collation | undefined {
  return specification && specification.size > 0 ? parseCollation(specification) : undefined;
}

/** The same with the constants of one statement. */
export function operatingWith(shared: Operating, constants: Document | undefined): Operating {
  if (!constants || constants.size === 0) return shared;
  return { ...shared, constants: new Map([...shared.constants, ...constants.fields()]) };
}

/** For what has no variables: validators. */
export const operatingAt = (nowMs: number): Operating => ({ now: new DateValue(nowMs), constants: new Map() });
