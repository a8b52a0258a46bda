import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { checkNewName, fullName, parseNamespace } from "./namespace-of.ts";

/** Gives a collection another name, within the server. */
export const renameCollection: Command = {
  name: "renameCollection",
  access: (request) =>
    [readName(request.get("renameCollection"), "renameCollection"), readName(request.get("to"), "to")].map(
      ({ database }) => ({ access: "structure", database }),
    ),
  isAdminOnly: true,
  isWrite: true,
  fields: ["to", "dropTarget"],
  help: "Renames a collection.",
  run(context, request) {
    const from = readName(request.get("renameCollection"), "renameCollection");
    const to = readName(request.get("to"), "to");
    checkNewName(to);
    if (fullName(from) === fullName(to)) {
      throw new MongoError("IllegalOperation", "Can't rename a collection to itself");
    }
    const dropsTarget = isTrue(request.get("dropTarget"));
    return context.write((writer) => {
      const source = writer.info(from);
      if (!source) throw new MongoError("NamespaceNotFound", `Source collection ${fullName(from)} does not exist`);
      if (source.kind === "view")
        throw new MongoError("CommandNotSupportedOnView", `cannot rename view: ${fullName(from)}`);
      if (writer.info(to) && !dropsTarget) throw new MongoError("NamespaceExists", "target namespace exists");
      writer.rename(from, to, dropsTarget);
      return Document.from([["ok", 1]]);
    });
  },
};

function readName(value: Value | undefined, field: string) {
  if (typeof value === "string") return parseNamespace(value);
  throw new MongoError(
    "TypeMismatch",
    `BSON field 'renameCollection.${field}' is the wrong type, expected type 'string'`,
  );
}

/** The UUID of a collection to drop means the same as true. */
const isTrue = (value: Value | undefined): boolean => value !== undefined && value !== false && value !== null;
