import { Document } from "../values/document.ts";
import { headerBytes } from "./header.ts";
import { documentEnd, readDocument } from "./read-document.ts";
import { WireError } from "./wire-error.ts";

/**
 * Reads the command of an OP_QUERY on `<database>.$cmd`: the first message of drivers that do not know yet whether the server has OP_MSG
 * (MongoDB wire protocol, OP_QUERY). @throws WireError for anything else
 */
export function readOpQuery(frame: Buffer): Document {
  const zero = frame.indexOf(0, headerBytes + 4);
  if (zero < 0) throw new WireError("an OP_QUERY's collection name has no end");
  const collection = frame.toString("utf8", headerBytes + 4, zero);
  if (!collection.endsWith(".$cmd")) throw new WireError(`OP_QUERY on "${collection}": only commands are taken`);
  // Behind the name: how many to skip and to return.
  const start = zero + 9;
  const until = documentEnd(frame, start, frame.length);
  const document = readDocument(frame, start, until);
  // Old drivers wrap a command in order to add a read preference.
  const inner = document.get("$query") ?? document.get("query");
  const command = inner instanceof Document && !document.has("$db") ? inner : document;
  return Document.of(new Map([...command.fields(), ["$db", collection.slice(0, -".$cmd".length)]]));
}
