import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that tells what it was asked. */
export interface TestUpstream {
  readonly port: number;
  readonly name: string;
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/** Starts it. Paths with a meaning: `/status/503`, `/close` (ends the connection), `/silent` (never answers), `/moved?to=X`, `/cookie`, `/events`. */
export async function startUpstream(name: string): Promise<TestUpstream> {
  const requests: string[] = [];
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(name, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    name,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(name: string, request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? "/";
  const [, status] = /\/status\/(\d+)/.exec(url) ?? [];
  if (url.includes("/close")) request.socket.destroy();
  else if (url.includes("/silent")) request.resume();
  else if (url.includes("/events")) stream(response);
  else if (url.includes("/moved")) {
    response.writeHead(302, { Location: new URL(url, "http://x").searchParams.get("to") ?? "/" });
    response.end();
  } else if (url.includes("/cookie")) {
    response.writeHead(200, { "Set-Cookie": ["a=1; Path=/inner/; Domain=inner.test", "b=2"], "X-Secret": "1" });
    response.end("cookies");
  } else {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => {
      const body = Buffer.concat(chunks).toString();
      const { method, headers } = request;
      response.writeHead(Number(status ?? 200), { "Content-Type": "application/json", "X-Upstream": name });
      response.end(
        JSON.stringify({ name, method, url, headers, body, padding: url.includes("/long") ? "x".repeat(2000) : "" }),
      );
    });
  }
}

/** Two events, the second one when the first had time to go out by itself. */
function stream(response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  response.write("data: one\n\n");
  const timer = setTimeout(() => response.end("data: two\n\n"), 150);
  response.once("close", () => clearTimeout(timer));
}
