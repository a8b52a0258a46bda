import { Document } from "../values/document.ts";

/**
 * The request that a client which takes more than one reply means next, and does not send: hello with the version that it was just told, or the
 * same getMore while its cursor is open (OP_MSG specification, "exhaustAllowed"). Undefined: this was the last reply.
 */
export function nextExhausted(request: Document, reply: Document): Document | undefined {
  if (reply.get("ok") !== 1) return undefined;
  if (request.firstName === "getMore") {
    const cursor = reply.get("cursor");
    const id = cursor instanceof Document ? cursor.get("id") : 0n;
    return id === 0n ? undefined : request;
  }
  const version = reply.get("topologyVersion");
  if (!request.has("topologyVersion") || version === undefined) return undefined;
  return Document.of(new Map([...request.fields(), ["topologyVersion", version]]));
}
