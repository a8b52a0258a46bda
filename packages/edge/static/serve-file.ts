import { closeSync, createReadStream, openSync, readFileSync, type Stats } from "node:fs";
import { escapePath } from "@drydock/nginx";
import { type Answer, begin, send } from "../answer.ts";
import { headerOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";
import { fail, sendRedirect } from "../fail.ts";
import type { Sink } from "../sink.ts";
import { substitutionOf } from "../substitution.ts";
import { listFolder } from "./autoindex.ts";
import { checkConditions, etagOf } from "./conditions.ts";
import { contentType } from "./content-type.ts";
import { look } from "./look.ts";
import { resolvePath } from "./resolve-path.ts";
import { sendRanges } from "./send-ranges.ts";

/** Answers with the file that the URI names (ngx_http_static_module, ngx_http_index_module). */
export function serveFile(exchange: Exchange): void {
  const isKnown = ["GET", "HEAD", "POST"].includes(exchange.method);
  if (exchange.uri.endsWith("/")) {
    if (isKnown) serveFolder(exchange);
    else fail(exchange, 403);
  } else if (isKnown) servePath(exchange, resolvePath(exchange, exchange.uri));
  else fail(exchange, 405);
}

function servePath(exchange: Exchange, path: string): void {
  const found = look(path);
  if (typeof found === "number") fail(exchange, found);
  else if (found.isDirectory()) {
    const args = exchange.args === "" ? "" : `?${exchange.args}`;
    sendRedirect(exchange, 301, `${escapePath(exchange.uri)}/${args}`);
  } else if (!found.isFile()) fail(exchange, 404);
  // nginx looks first whether there is something, and at the method then.
  else if (exchange.method === "POST") fail(exchange, 405);
  else if (!servePacked(exchange, path)) sendFile(exchange, path, found, []);
}

/** The folder's index file is another URI of the server: its location is looked for anew. */
function serveFolder(exchange: Exchange): void {
  for (const rule of exchange.settings.index) {
    const name = rule.evaluate(exchange.lookup);
    if (name.startsWith("/")) {
      exchange.redirect(name, exchange.args);
      return;
    }
    const found = look(resolvePath(exchange, exchange.uri + name));
    if (typeof found === "object" && found.isFile()) {
      exchange.redirect(exchange.uri + name, exchange.args);
      return;
    }
  }
  const folder = resolvePath(exchange, exchange.uri);
  const found = look(folder);
  if (typeof found === "number") fail(exchange, found);
  else if (exchange.settings.autoindex && exchange.method !== "POST")
    send(exchange, { status: 200, headers: ["Content-Type", "text/html"] }, listFolder(folder, exchange.uri));
  else fail(exchange, 403);
}

/** `gzip_static`: the file beside it that is compressed already. */
function servePacked(exchange: Exchange, path: string): boolean {
  const { gzipStatic } = exchange.settings;
  if (gzipStatic === "off") return false;
  const isWanted = gzipStatic === "always" || /\bgzip\b/.test(headerOf(exchange.request, "accept-encoding") ?? "");
  const found = isWanted ? look(`${path}.gz`) : 404;
  if (typeof found === "number" || !found.isFile()) return false;
  sendFile(exchange, `${path}.gz`, found, ["Content-Encoding", "gzip"]);
  return true;
}

function sendFile(exchange: Exchange, path: string, found: Stats, more: readonly string[]): void {
  const { settings } = exchange;
  const etag = settings.etag ? etagOf(found) : undefined;
  const validators = [
    "Last-Modified",
    new Date(Math.floor(found.mtimeMs / 1000) * 1000).toUTCString(),
    ...(etag === undefined ? [] : ["ETag", etag]),
  ];
  // ngx_http_not_modified_filter_module looks at answers with 200 only.
  const verdict = exchange.errorStatus === 0 ? checkConditions(exchange, found, etag) : 200;
  if (verdict === 412) fail(exchange, 412);
  else if (verdict === 304)
    begin(exchange, { status: 304, headers: validators, length: undefined, modifiedAt: found.mtimeMs }).end();
  else {
    const headers = [...contentType(exchange), ...validators, ...more];
    const answer: Answer = { status: 200, headers, length: found.size, modifiedAt: found.mtimeMs };
    // What is changed on its way has no ranges.
    const isWhole = substitutionOf(exchange, answer) !== undefined;
    if (isWhole || !sendRanges(exchange, path, found, etag, answer)) sendWhole(exchange, path, found, answer);
  }
}

// Up to here one read costs less than a stream.
const small = 64 * 1024;

function sendWhole(exchange: Exchange, path: string, found: Stats, { headers, ...answer }: Answer): void {
  const whole = { ...answer, headers: exchange.errorStatus === 0 ? [...headers, "Accept-Ranges", "bytes"] : headers };
  if (found.size <= small) {
    const bytes = readSmall(path);
    if (!bytes) fail(exchange, 403);
    else begin(exchange, { ...whole, length: bytes.length }).end(bytes);
    return;
  }
  const descriptor = open(path);
  if (descriptor === undefined) fail(exchange, 403);
  else if (exchange.request.method === "HEAD") {
    closeSync(descriptor);
    begin(exchange, whole).end();
  } else pump(exchange, path, descriptor, found.size, begin(exchange, whole));
}

function pump(exchange: Exchange, path: string, fd: number, size: number, sink: Sink): void {
  const stream = createReadStream(path, { fd, start: 0, end: size - 1, highWaterMark: 256 * 1024 });
  stream.on("data", (chunk) => {
    if (typeof chunk === "string" || sink.write(chunk)) return;
    stream.pause();
    sink.whenDrained(() => stream.resume());
  });
  stream.once("end", () => sink.end());
  stream.once("error", () => sink.abort());
  exchange.response.once("close", () => stream.destroy());
}

function readSmall(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function open(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch {
    return undefined;
  }
}
