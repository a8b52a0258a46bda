import { headerOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";
import { BodyStream } from "./body-stream.ts";

/** A client's body on its way to an upstream. */
export type RequestBody =
  | { readonly kind: "none" }
  /** All of it is here: it can be sent again. */
  | { readonly kind: "whole"; readonly bytes: Buffer }
  /** It is passed on while it comes in. `length` is undefined for one that does not say its length. */
  | { readonly kind: "stream"; readonly stream: BodyStream; readonly length: number | undefined };

/** Why a body was not read to its end. */
export type BodyRefusal = 408 | 413 | 400;

// Bodies up to here are read before they are passed on, as proxy_request_buffering wants; nginx writes larger ones to a file first.
const mostBuffered = 1024 * 1024;

/** Reads a request's body as its location wants it. `refuse` is called instead of `done` for one that is too large or too slow. */
export function readBody(
  exchange: Exchange,
  done: (body: RequestBody) => void,
  refuse: (status: BodyRefusal) => void,
): void {
  const { request, settings } = exchange;
  if (exchange.body) {
    done({ kind: "whole", bytes: exchange.body });
    return;
  }
  const announced = headerOf(request, "content-length");
  const isEmpty =
    "stream" in request
      ? request.stream.readableEnded || (announced === undefined && request.complete)
      : announced === undefined && headerOf(request, "transfer-encoding") === undefined;
  if (isEmpty || announced === "0" || request.readableEnded) {
    done({ kind: "none" });
    return;
  }
  const { response } = exchange;
  if (!("stream" in response) && /^100-continue$/i.test(headerOf(request, "expect") ?? "")) response.writeContinue();
  const length = announced === undefined ? undefined : Number(announced);
  const isLong = length !== undefined && length > mostBuffered;
  if (isLong || !settings.proxyRequestBuffering)
    done({ kind: "stream", stream: new BodyStream([], request, settings.clientMaxBodySize), length });
  else collect(exchange, length, done, refuse);
}

function collect(
  exchange: Exchange,
  length: number | undefined,
  done: (body: RequestBody) => void,
  refuse: (status: BodyRefusal) => void,
): void {
  const { request, settings } = exchange;
  const chunks: Buffer[] = [];
  let received = 0;
  const timer = setTimeout(() => finish(() => refuse(408)), settings.clientBodyTimeoutMs);
  const finish = (then: () => void): void => {
    clearTimeout(timer);
    request.off("data", take);
    request.off("end", whole);
    request.off("error", broken);
    then();
  };
  const whole = (): void =>
    finish(() => {
      exchange.body = Buffer.concat(chunks);
      done({ kind: "whole", bytes: exchange.body });
    });
  const broken = (): void => finish(() => refuse(400));
  const take = (chunk: Buffer): void => {
    timer.refresh();
    received += chunk.length;
    chunks.push(chunk);
    if (settings.clientMaxBodySize > 0 && received > settings.clientMaxBodySize) finish(() => refuse(413));
    else if (length === undefined && received > mostBuffered) {
      request.pause();
      finish(() =>
        done({
          kind: "stream",
          stream: new BodyStream(chunks, request, settings.clientMaxBodySize),
          length: undefined,
        }),
      );
    }
  };
  request.on("data", take);
  request.once("end", whole);
  request.once("error", broken);
}
