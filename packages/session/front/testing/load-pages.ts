import { type ClientHttp2Session, connect } from "node:http2";
import type { LoadTarget, Seen } from "./seen.ts";

const filesOfPage = 12;
// Chromium sends a request again twice that the server did not begin with (net/http/http_network_transaction.cc, kMaxRetryAttempts).
const tries = 3;

/**
 * Loads a page with its files over HTTP/2 as a browser does, all at once and again and again over the same connection, until `isOver`. What a server refused or never began to answer is
 * sent again, as RFC 9113 allows (section 8.7); the rest is a failure.
 */
export async function loadPages(
  { host, port, authorityPem }: LoadTarget,
  seen: Seen,
  isOver: () => boolean,
): Promise<void> {
  let session: ClientHttp2Session | undefined;
  const current = (): ClientHttp2Session => {
    if (session && !session.closed && !session.destroyed) return session;
    session = connect(`https://${host}:${port}`, { host: "127.0.0.1", servername: host, ca: authorityPem });
    // Its streams tell.
    session.on("error", () => undefined);
    return session;
  };
  while (!isOver()) await Promise.all(Array.from({ length: filesOfPage }, () => file(current, seen)));
  session?.destroy();
}

async function file(current: () => ClientHttp2Session, seen: Seen): Promise<void> {
  for (let left = tries; left > 0; left--) {
    const { status, text, error } = await get(current());
    if (status === 200 && error === undefined) {
      seen.names.add(text.split(" ")[0] ?? "");
      seen.answered += 1;
      return;
    }
    if (status === undefined && left > 1) continue;
    seen.failures.push(`HTTP/2 GET: ${error?.message ?? `${status} ${text}`}`);
    return;
  }
}

interface Answer {
  /** Undefined where nothing was answered. */
  readonly status: number | undefined;
  readonly text: string;
  readonly error: Error | undefined;
}

function get(session: ClientHttp2Session): Promise<Answer> {
  return new Promise((resolve) => {
    let status: number | undefined;
    let text = "";
    let error: Error | undefined;
    try {
      const stream = session.request({ ":path": "/" });
      stream.setEncoding("utf8");
      stream.once("response", (headers) => {
        status = Number(headers[":status"]);
      });
      stream.on("data", (chunk: string) => {
        text += chunk;
      });
      stream.once("error", (cause: Error) => {
        error = cause;
      });
      stream.once("close", () => resolve({ status, text, error }));
    } catch (cause) {
      // The connection went since it was looked at.
      resolve({ status, text, error: cause as Error });
    }
  });
}
