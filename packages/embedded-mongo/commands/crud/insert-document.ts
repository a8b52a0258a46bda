import type { Namespace, Writer } from "../../storage/store.ts";
import type { Document } from "../../values/document.ts";
import { checkNewName, fullName } from "../catalog/namespace-of.ts";
import { refuseView } from "./insert.ts";
import { prepareInsert } from "./prepare-insert.ts";
import { documentValidator } from "./validate-document.ts";
import type { WriteRoom } from "./write-room.ts";

/** Inserts one document, and the collection when it is not there; for batches, `insert` prepares once. @throws MongoError DuplicateKey and others */
export function insertDocument(room: WriteRoom, writer: Writer, namespace: Namespace, document: Document): void {
  const info = writer.info(namespace);
  refuseView(info?.kind, fullName(namespace));
  if (!info) checkNewName(namespace);
  const collection = writer.openOrCreate(namespace);
  const nowMs = room.shared.now.ms;
  const stored = prepareInsert(document, nowMs);
  if (!room.bypasses) documentValidator(collection.info, nowMs)?.insert(stored);
  collection.insert(stored);
}
