import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { HostPort } from "@drydock/core";
import { waitingHeaders } from "@drydock/nginx";
import type { Prospects } from "./prospect.ts";
import { reach } from "./reach.ts";

/**
 * Where requests wait for a service that is being replaced, or starts: the front passes them here when no server of it takes them. Each is sent on as soon
 * as one does, and answered 503 with the reason where none comes. It listens on this machine alone, and leads nowhere but to the stack's own services.
 */
export class WaitingRoom {
  readonly #prospects: Prospects;
  readonly #upgraded = new Set<Duplex>();
  #server: Server | undefined;
  #address: HostPort | undefined;

  constructor(prospects: Prospects) {
    this.#prospects = prospects;
  }

  /** Where it answers; undefined while it does not. */
  get address(): HostPort | undefined {
    return this.#address;
  }

  /** Begins to answer at a free port; at once where it does already. @throws the system's error */
  async start(): Promise<void> {
    if (this.#server) return;
    // Who waits is let go by the front, not by a limit of Node's.
    const server = createServer({ requestTimeout: 0 }, (request, response) => void this.#answer(request, response));
    server.on("upgrade", (request, socket, head) => void this.#upgrade(request, socket, head));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    const bound = server.address();
    if (typeof bound === "object" && bound) this.#address = { host: "127.0.0.1", port: bound.port };
    server.unref();
  }

  /** Lets all go; resolves when its port is free. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#address = undefined;
    if (!server) return;
    for (const socket of this.#upgraded) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const refuse = (text: string): void => {
      if (response.headersSent) response.destroy();
      else
        response.writeHead(503, { "Content-Type": "text/plain; charset=utf-8", "Retry-After": "1" }).end(`${text}\n`);
    };
    const upstream = headerOf(request, waitingHeaders.upstream);
    if (!mayBeSent(request)) return refuse(this.#prospects.of(upstream)?.text ?? "The service did not answer.");
    for (let again = mostRepeats; again >= 0; again--) {
      const reached = await reach(upstream, this.#prospects, gone.signal).catch(() => undefined);
      if (reached === undefined) return;
      if (typeof reached === "string") return refuse(reached);
      if ((await pass(request, response, reached)) === "passed") return;
      // It took the connection and ended: it was the one that is being replaced.
      if (!isRepeatable(request)) break;
    }
    refuse(this.#prospects.of(upstream)?.text ?? "The service ended its connection.");
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    this.#upgraded.add(socket);
    const gone = new AbortController();
    socket.once("close", () => {
      this.#upgraded.delete(socket);
      gone.abort();
    });
    socket.on("error", () => socket.destroy());
    const upstream = headerOf(request, waitingHeaders.upstream);
    const reached = await reach(upstream, this.#prospects, gone.signal).catch(() => undefined);
    if (reached === undefined) return;
    if (typeof reached === "string") {
      socket.end(`HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const headers = passedHeaders(request);
    const lines = [`${request.method} ${pathOf(request)} HTTP/1.1`];
    for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
    reached.on("error", () => socket.destroy()).once("close", () => socket.destroy());
    socket.once("close", () => reached.destroy());
    reached.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
    if (head.length > 0) reached.write(head);
    reached.pipe(socket).pipe(reached);
  }
}

// Each is one server that ended while it was asked.
const mostRepeats = 5;
const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** To carry it out twice changes nothing, and there is no body that is gone. */
function isRepeatable({ method = "", headers }: IncomingMessage): boolean {
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  return safeMethods.has(method) && !hasBody;
}

/** What reached a server may have been carried out: it is sent again only where that is harmless, and never after a timeout (504). */
function mayBeSent(request: IncomingMessage): boolean {
  const wasSent = /[1-9]/.test(headerOf(request, waitingHeaders.sent));
  return !wasSent || (isRepeatable(request) && !/504/.test(headerOf(request, waitingHeaders.status)));
}

/** Sends a request over a connection, and the answer back; "cut" when the connection ends before there is any. */
function pass(request: IncomingMessage, response: ServerResponse, socket: Socket): Promise<"passed" | "cut"> {
  return new Promise((resolve) => {
    const { method } = request;
    const headers = passedHeaders(request);
    const outgoing = ask({ createConnection: () => socket, method, path: pathOf(request), headers, setHost: false });
    const end = (): void => void socket.destroy();
    response.once("close", end);
    outgoing.once("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
      answer.pipe(response);
      answer.once("error", () => response.destroy());
      resolve("passed");
    });
    outgoing.once("error", () => {
      response.off("close", end);
      resolve("cut");
    });
    if (isRepeatable(request)) outgoing.end();
    else request.pipe(outgoing);
  });
}

/** The route's path gives way to its rewriting, as `proxy_pass` with a URI does (ngx_http_proxy_module). */
function pathOf(request: IncomingMessage): string {
  const [from, to] = [headerOf(request, waitingHeaders.from), headerOf(request, waitingHeaders.to)];
  const url = request.url ?? "/";
  return url.startsWith(from) ? to + url.slice(from.length) : url;
}

const ours: ReadonlySet<string> = new Set(Object.values(waitingHeaders).map((name) => name.toLowerCase()));

function passedHeaders({ rawHeaders }: IncomingMessage): string[] {
  return rawHeaders.flatMap((name, at) =>
    at % 2 === 0 && !ours.has(name.toLowerCase()) ? [name, rawHeaders[at + 1] ?? ""] : [],
  );
}

function headerOf({ headers }: IncomingMessage, name: string): string {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(", ") : (value ?? "");
}
