import { constants, createGzip } from "node:zlib";
import { type ClientResponse, writeChunk } from "./client.ts";
import type { Exchange } from "./exchange.ts";

/** Where the body of an answer goes after its head is written. */
export interface Sink {
  /** False: wait for `whenDrained` before the next one. */
  write(chunk: Buffer): boolean;
  end(chunk?: Buffer): void;
  whenDrained(then: () => void): void;
  /** The answer cannot be completed: the client must not take it for whole. */
  abort(): void;
}

// Node sends a head and a body in one write only where both are strings, and that is a third faster; up to here it is worth the copy.
const small = 16 * 1024;

/** The body as it is. */
export function plainSink(exchange: Exchange): Sink {
  const { response } = exchange;
  const plain = "stream" in response ? undefined : response;
  let isFirst = true;
  return {
    write: (chunk) => {
      exchange.bodyBytes += chunk.length;
      const joins = isFirst && chunk.length <= small;
      isFirst = false;
      return plain && joins ? plain.write(chunk.toString("latin1"), "latin1") : writeChunk(response, chunk);
    },
    end: (chunk) => {
      if (!chunk) {
        response.end();
        return;
      }
      exchange.bodyBytes += chunk.length;
      if (plain && isFirst && chunk.length <= small) plain.end(chunk.toString("latin1"), "latin1");
      else response.end(chunk);
    },
    whenDrained: (then) => response.once("drain", then),
    abort: () => abort(response),
  };
}

/** For answers without a body: HEAD, 204, 304. What is written is dropped. */
export function emptySink({ response }: Exchange): Sink {
  return {
    write: () => true,
    end: () => void response.end(),
    whenDrained: (then) => then(),
    abort: () => abort(response),
  };
}

/** The body compressed. `isLive`: each chunk is sent on at once, for streams of events. */
export function gzipSink(exchange: Exchange, isLive: boolean): Sink {
  const out = plainSink(exchange);
  const flush = isLive ? constants.Z_SYNC_FLUSH : constants.Z_NO_FLUSH;
  const gzip = createGzip({ level: exchange.settings.gzipLevel, flush });
  let received = 0;
  gzip.on("data", (chunk: Buffer) => {
    if (out.write(chunk)) return;
    gzip.pause();
    out.whenDrained(() => gzip.resume());
  });
  gzip.once("error", () => out.abort());
  gzip.on("end", () => {
    exchange.gzipRatio = exchange.bodyBytes === 0 ? undefined : received / exchange.bodyBytes;
    out.end();
  });
  const take = (chunk: Buffer): Buffer => {
    received += chunk.length;
    return chunk;
  };
  return {
    write: (chunk) => gzip.write(take(chunk)),
    end: (chunk) => void (chunk ? gzip.end(take(chunk)) : gzip.end()),
    whenDrained: (then) => gzip.once("drain", then),
    abort: () => {
      gzip.destroy();
      out.abort();
    },
  };
}

function abort(response: ClientResponse): void {
  if ("stream" in response) response.stream.close();
  else response.destroy();
}
