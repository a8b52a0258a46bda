import { compressionOf } from "./answer-compression.ts";
import { addHeaders } from "./answer-headers.ts";
import { isGone, writeHead } from "./client.ts";
import type { Exchange } from "./exchange.ts";
import { emptySink, gzipSink, plainSink, type Sink } from "./sink.ts";
import { substitutionOf } from "./substitution.ts";

/** The head of an answer before the location's rules for headers. */
export interface Answer {
  readonly status: number;
  /** Names and values in turn, without Content-Length, Connection and Date. */
  readonly headers: readonly string[];
  /** Bytes of the body; undefined when that is not known before its end. */
  readonly length: number | undefined;
  /** When what is sent last changed, in milliseconds since 1970, for `expires modified`. */
  readonly modifiedAt?: number;
  /** Each chunk is sent on at once. */
  readonly isLive?: boolean;
}

/** Writes the head of an answer with everything that the location adds to it, and gives where its body goes. */
export function begin(exchange: Exchange, given: Answer): Sink {
  const substitution = substitutionOf(exchange, given);
  const answer = substitution?.answer ?? given;
  const { request, response, settings } = exchange;
  if (response.headersSent || isGone(response)) return emptySink(exchange);
  const status = exchange.errorStatus === 0 ? answer.status : exchange.errorStatus;
  exchange.status = status;
  const hasBody = request.method !== "HEAD" && status !== 204 && status !== 304 && status >= 200;
  const compression = compressionOf(exchange, status, answer);
  const headers = ["Server", settings.serverTokens === "off" ? "drydock-edge" : "drydock-edge/1"];
  if (answer.length !== undefined && !compression.isOn && status !== 204 && status !== 304)
    headers.push("Content-Length", String(answer.length));
  pushConnection(exchange, headers);
  if (compression.isOn) pushWithoutRanges(headers, answer.headers);
  else for (const word of answer.headers) headers.push(word);
  for (const word of compression.headers) headers.push(word);
  addHeaders(exchange, status, headers, answer.modifiedAt);
  exchange.sentHeaders = headers;
  writeHead(response, status, headers);
  if (!hasBody) return emptySink(exchange);
  const sink = compression.isOn ? gzipSink(exchange, answer.isLive === true) : plainSink(exchange);
  return substitution?.into(sink) ?? sink;
}

/** Answers with a whole body. */
export function send(exchange: Exchange, answer: Omit<Answer, "length">, body: Buffer): void {
  begin(exchange, { ...answer, length: body.length }).end(body);
}

function pushConnection({ request, response, settings, closesConnection }: Exchange, headers: string[]): void {
  if (request.httpVersion === "2.0" || "stream" in response) return;
  const stays = response.shouldKeepAlive && settings.keepaliveTimeoutMs > 0 && !closesConnection;
  headers.push("Connection", stays ? "keep-alive" : "close");
}

/** A compressed body has no byte ranges, and is another representation: its entity tag is a weak one (RFC 9110, 8.8.1). */
function pushWithoutRanges(headers: string[], from: readonly string[]): void {
  for (let at = 0; at < from.length; at += 2) {
    const name = from[at] ?? "";
    const value = from[at + 1] ?? "";
    if (/^accept-ranges$/i.test(name)) continue;
    headers.push(name, /^etag$/i.test(name) && !value.startsWith("W/") ? `W/${value}` : value);
  }
}
