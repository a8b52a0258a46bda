import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { HostPort } from "@drydock/core";
import { pageScriptText } from "./page-script-text.ts";

/**
 * Tells pages in browsers to load again. It serves a script and a stream of events on this machine alone, and the front puts them into pages: what a page
 * shows has a version, and a page that hears of another one loads again, also when it was away meanwhile.
 */
export class PageReload {
  readonly #streams = new Set<ServerResponse>();
  readonly #run = `${process.pid}-${Date.now().toString(36)}`;
  #changes = 0;
  #server: Server | undefined;
  #address: HostPort | undefined;

  /** Where it answers; undefined while it does not. */
  get address(): HostPort | undefined {
    return this.#address;
  }

  /** Begins to answer at a free port; at once where it does already. @throws the system's error */
  async start(): Promise<void> {
    if (this.#server) return;
    const server = createServer((request, response) => this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    const bound = server.address();
    if (typeof bound === "object" && bound) this.#address = { host: "127.0.0.1", port: bound.port };
    server.unref();
  }

  /** Every page that listens loads again. */
  reload(): void {
    this.#changes += 1;
    for (const stream of this.#streams) stream.write(this.#event());
  }

  /** Ends the streams; the pages open new ones. A proxy that has a new configuration keeps the old one as long as they go on. */
  renew(): void {
    for (const stream of this.#streams) stream.end();
    // One that was ended takes nothing more, also before its connection is closed.
    this.#streams.clear();
  }

  /** Resolves when its port is free. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#address = undefined;
    if (!server) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }

  get #version(): string {
    return `${this.#run}-${this.#changes}`;
  }

  /** HTML, "Server-sent events", section 9.2.5: an event stream's lines. */
  #event(): string {
    return `data: ${this.#version}\n\n`;
  }

  #answer({ url, method }: IncomingMessage, response: ServerResponse): void {
    const path = url?.split("?")[0];
    const headers = { "Cache-Control": "no-store" };
    if (method !== "GET" || (path !== "/page.js" && path !== "/events")) {
      response.writeHead(404, headers).end();
    } else if (path === "/page.js") {
      const text = pageScriptText(this.#version);
      response.writeHead(200, { ...headers, "Content-Type": "text/javascript; charset=utf-8" }).end(text);
    } else {
      response.writeHead(200, { ...headers, "Content-Type": "text/event-stream" }).write(this.#event());
      this.#streams.add(response);
      response.once("close", () => this.#streams.delete(response));
    }
  }
}
