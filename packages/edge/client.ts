import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { fromWire } from "./wire.ts";

/** A client's request over HTTP/1 or HTTP/2. */
export type ClientRequest = IncomingMessage | Http2ServerRequest;

/** The answer to it. */
export type ClientResponse = ServerResponse | Http2ServerResponse;

/** Writes the head of an answer. Names keep their case in HTTP/1; what belongs to a connection is left out in HTTP/2 (RFC 9113, 8.2.2). */
export function writeHead(response: ClientResponse, status: number, headers: string[]): void {
  if (!("stream" in response)) {
    response.writeHead(status, headers);
    return;
  }
  for (let at = 0; at < headers.length; at += 2) {
    const name = (headers[at] ?? "").toLowerCase();
    if (name !== "connection" && name !== "keep-alive" && name !== "transfer-encoding")
      response.appendHeader(name, headers[at + 1] ?? "");
  }
  response.writeHead(status);
}

/** Whether nothing can be sent to this client any more. */
export function isGone(response: ClientResponse): boolean {
  return "stream" in response ? response.stream.destroyed : response.destroyed;
}

/** Writes a chunk of a body; false when the client should be waited for (`drain`). */
export function writeChunk(response: ClientResponse, chunk: Buffer): boolean {
  return "stream" in response ? response.write(chunk) : response.write(chunk);
}

/** The value of the first header of a name in lower case; undefined without one. */
export function headerOf(request: ClientRequest, name: string): string | undefined {
  // HTTP/2 says the host as :authority (RFC 9113, 8.3.1).
  const value = name === "host" && "authority" in request ? request.authority : request.headers[name];
  const text = Array.isArray(value) ? value.join(", ") : value;
  return text === undefined ? undefined : fromWire(text);
}
