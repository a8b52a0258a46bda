import { request as ask, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Exchange } from "../exchange.ts";
import type { CarriedAnswer, CarriedControl, CarrierTarget, FailureKind } from "./carrier.ts";
import { openConnection } from "./connect.ts";

interface UpgradeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly string[];
  readonly upgrade: string;
}

/** Carries a request that asks for another protocol: after 101 both connections are one (nginx.org/en/docs/http/websocket.html). */
export function carryUpgrade(
  exchange: Exchange,
  target: CarrierTarget,
  request: UpgradeRequest,
  answer: CarriedAnswer,
): void {
  openConnection(target, (error, socket) => {
    if (error) {
      answer.fail("isTimeout" in error ? "timeout" : "error", error.message);
      return;
    }
    let reason: FailureKind | "client" = "error";
    let isOver = false;
    const over = (then: () => void): void => {
      if (isOver) return;
      isOver = true;
      then();
    };
    const headers = [...request.headers, "Connection", "upgrade", "Upgrade", request.upgrade];
    const outgoing = ask({
      createConnection: () => socket,
      method: request.method,
      path: request.path,
      headers,
      setHost: false,
    });
    const control: CarriedControl = {
      pause: () => socket.pause(),
      resume: () => socket.resume(),
      abort: (kind) => {
        reason = kind;
        outgoing.destroy(
          new Error(kind === "timeout" ? "the server did not answer in time" : "the request was given up"),
        );
      },
    };
    answer.started(control, false);
    outgoing.once("error", (failure) => over(() => answer.fail(reason, failure.message)));
    outgoing.once("response", (message) => {
      answer.head(message.statusCode ?? 502, message.rawHeaders);
      message.on("data", (chunk: Buffer) => answer.data(chunk));
      message.once("end", () => over(() => answer.end()));
      message.once("error", (failure) => over(() => answer.fail(reason, failure.message)));
    });
    outgoing.once("upgrade", (message, upstream, first) => {
      over(() => join(exchange, message, upstream, first, answer));
    });
    outgoing.end();
  });
}

/** Writes the answer 101 by hand, for the response cannot, and joins the two connections until one ends or is quiet for too long. */
function join(
  exchange: Exchange,
  message: IncomingMessage,
  upstream: Duplex,
  first: Buffer,
  answer: CarriedAnswer,
): void {
  const { response, settings } = exchange;
  const client = exchange.request.socket;
  if ("stream" in response || client.destroyed) {
    upstream.destroy();
    answer.fail("client", "the client is gone");
    return;
  }
  const attempt = exchange.attempts.at(-1);
  if (attempt) Object.assign(attempt, { status: 101, headAt: performance.now(), headers: message.rawHeaders });
  exchange.status = 101;
  const lines = [`HTTP/1.1 101 ${message.statusMessage ?? "Switching Protocols"}`];
  for (let at = 0; at < message.rawHeaders.length; at += 2)
    lines.push(`${message.rawHeaders[at]}: ${message.rawHeaders[at + 1]}`);
  client.setTimeout(0);
  client.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  if (first.length > 0) client.write(first);
  const timer = setTimeout(() => end(), settings.proxyReadTimeoutMs);
  let isEnded = false;
  const end = (): void => {
    if (isEnded) return;
    isEnded = true;
    clearTimeout(timer);
    upstream.destroy();
    client.destroy();
    answer.end();
  };
  upstream.on("data", (chunk: Buffer) => {
    timer.refresh();
    if (attempt) attempt.bytesReceived += chunk.length;
    exchange.bodyBytes += chunk.length;
  });
  client.on("data", () => timer.refresh());
  upstream.pipe(client);
  client.pipe(upstream);
  for (const socket of [upstream, client]) {
    socket.once("close", end);
    socket.once("error", end);
  }
}
