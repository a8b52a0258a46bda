import { MongoError } from "../../errors/mongo-error.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Namespace } from "../../storage/store.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { namespaceOf } from "../catalog/namespace-of.ts";
import { type FindRequest, readFind } from "./find-request.ts";

/** A command that finds something, for `explain`. */
export interface ExplainedQuery {
  readonly namespace: Namespace;
  readonly find: FindRequest;
  /** The stage that does something with what was found: COUNT, UPDATE, DELETE. */
  readonly stage: string | undefined;
}

/** The query in a command that is explained. @throws MongoError CommandNotFound for one that cannot be */
export function explainable(context: CommandContext, command: Document): ExplainedQuery {
  const name = command.firstName ?? "";
  const namespace = () => namespaceOf(context.database, command, name);
  switch (name) {
    case "find":
      return { namespace: namespace(), find: readFind(command), stage: undefined };
    case "count":
      return { namespace: namespace(), find: findOf(command, "query"), stage: "COUNT" };
    case "distinct":
      return { namespace: namespace(), find: findOf(command, "query"), stage: undefined };
    case "findAndModify":
    case "findandmodify":
      return {
        namespace: namespace(),
        find: findOf(command, "query"),
        stage: command.get("remove") === true ? "DELETE" : "UPDATE",
      };
    case "update":
      return { namespace: namespace(), find: findOf(statementOf(command, "updates"), "q"), stage: "UPDATE" };
    case "delete":
      return { namespace: namespace(), find: findOf(statementOf(command, "deletes"), "q"), stage: "DELETE" };
    default:
      throw new MongoError("CommandNotFound", `Explain failed due to unknown command: ${name}`);
  }
}

function statementOf(command: Document, name: string): Document {
  const statements = command.get(name);
  const [only, ...others] = isArray(statements) ? statements : [];
  if (only instanceof Document && others.length === 0) return only;
  throw new MongoError("InvalidLength", `explained write batches must be of size 1`);
}

function findOf(source: Document, filter: string): FindRequest {
  const given: (readonly [string, Value])[] = [["filter", source.get(filter) ?? emptyDocument]];
  for (const name of ["sort", "hint", "skip", "collation", "let"]) {
    const value = source.get(name);
    if (value !== undefined) given.push([name, value]);
  }
  return readFind(Document.from(given));
}
