import { Document, type Value } from "../values/document.ts";
import { BinaryValue, Int32 } from "../values/scalars.ts";
import { type ErrorSituation, labelsOfConcern } from "./error-reply.ts";
import type { Server } from "./server.ts";

const noSignature: Document = Document.from([
  ["hash", new BinaryValue(0, Buffer.alloc(20))],
  ["keyId", 0n],
]);

/** Adds what every reply has: `ok`, and on a replica set the times; the write concern error of a fail point. */
export function finishReply(
  server: Server,
  reply: Document,
  failedConcern?: Document,
  situation?: ErrorSituation,
  labels?: readonly Value[],
): Document {
  const fields = new Map(reply.fields());
  if (failedConcern) {
    fields.set("writeConcernError", failedConcern);
    const code = failedConcern.get("code");
    const all = labels ?? (situation && code instanceof Int32 ? labelsOfConcern(code.value, situation) : []);
    if (all.length > 0) fields.set("errorLabels", all);
  }
  if (!fields.has("ok")) fields.set("ok", 1);
  const time = server.clusterTime();
  if (time) {
    fields.set(
      "$clusterTime",
      Document.from([
        ["clusterTime", time],
        ["signature", noSignature],
      ]),
    );
    fields.set("operationTime", time);
  }
  return Document.of(fields);
}
