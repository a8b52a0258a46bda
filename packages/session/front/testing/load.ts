import { Agent, type RequestOptions, request } from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import type { TLSSocket } from "node:tls";
import { generationHost } from "@drydock/nginx";
import { loadPages } from "./load-pages.ts";
import type { LoadTarget, Seen } from "./seen.ts";

const body = "x".repeat(2_000);

/**
 * Asks without a pause until `isOver`: `clients` that keep their connections, half of them posting, each with a slow request now and then, as many as
 * `browsers` that load a page's files at once over HTTP/2, and WebSockets that live for some echoes and are opened again. Resolves when the last request is answered. `begun` is told what is filled in as they go.
 */
export async function load(
  target: LoadTarget,
  {
    clients,
    browsers,
    webSockets,
  }: { readonly clients: number; readonly browsers: number; readonly webSockets: number },
  isOver: () => boolean,
  begun: (seen: Seen) => void,
): Promise<Seen> {
  const seen: Seen = {
    answered: 0,
    echoed: 0,
    failures: [],
    serials: new Set(),
    generations: new Set(),
    names: new Set(),
  };
  begun(seen);
  const asking = Array.from({ length: clients }, (_, index) => client(target, index, seen, isOver));
  const echoing = Array.from({ length: webSockets }, () => webSocket(target, seen, isOver));
  const loading = Array.from({ length: browsers }, () => loadPages(target, seen, isOver));
  await Promise.all([...asking, ...echoing, ...loading]);
  return seen;
}

async function client(target: LoadTarget, index: number, seen: Seen, isOver: () => boolean): Promise<void> {
  // Without resumed sessions, so that each connection shows its certificate.
  const agent = new Agent({ keepAlive: true, maxSockets: 1, maxCachedSessions: 0, ca: target.authorityPem });
  const isPosting = index % 2 === 1;
  for (let turn = index; !isOver(); turn++) {
    const path = turn % 12 === 0 ? "/slow" : "/";
    const isQuestion = turn % 7 === 0;
    try {
      const { status, text, serial } = isQuestion
        ? await ask(target, { agent, path: "/generation", headers: { Host: generationHost } }, undefined)
        : await ask(target, { agent, path, method: isPosting ? "POST" : "GET" }, isPosting ? body : undefined);
      if (serial) seen.serials.add(serial);
      const [name = "", bytes] = text.split(" ");
      if (status === 200 && isQuestion) seen.generations.add(text);
      else if (status === 200 && bytes === String(isPosting ? body.length : 0)) seen.names.add(name);
      else seen.failures.push(`${status} ${text}`);
      seen.answered += 1;
    } catch (error) {
      seen.failures.push(`${isPosting ? "POST" : "GET"} ${path}: ${error instanceof Error ? error.message : error}`);
    }
  }
  agent.destroy();
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly serial: string | undefined;
}

function optionsOf({ host, port, authorityPem }: LoadTarget, options: RequestOptions): RequestOptions {
  const headers = { Host: host, ...options.headers };
  return { host: "127.0.0.1", port, servername: host, ca: authorityPem, ...options, headers };
}

function ask(target: LoadTarget, options: RequestOptions, sent: string | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(optionsOf(target, options), (response) => {
      const serial = (response.socket as TLSSocket).getPeerX509Certificate()?.serialNumber;
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.once("end", () => resolve({ status: response.statusCode ?? 0, text, serial }));
      response.once("error", reject);
    });
    outgoing.once("error", reject).end(sent);
  });
}

const echoes = 8;
const echoMs = 100;

/** Opens a connection, has some messages echoed over it, ends it, and begins again. */
async function webSocket(target: LoadTarget, seen: Seen, isOver: () => boolean): Promise<void> {
  const upgrade = { Connection: "Upgrade", Upgrade: "websocket" };
  while (!isOver()) {
    try {
      await new Promise<void>((resolve, reject) => {
        const outgoing = request(optionsOf(target, { path: "/socket", headers: upgrade, agent: false }));
        outgoing.once("error", reject).once("response", ({ statusCode }) => reject(new Error(`status ${statusCode}`)));
        outgoing.once("upgrade", (_, socket) => {
          socket.once("error", reject).once("close", () => reject(new Error("it was closed")));
          void (async () => {
            for (let sent = 0; sent < echoes; sent++) {
              const back = new Promise<void>((done) => socket.once("data", () => done()));
              socket.write(`message ${sent}`);
              await back;
              seen.echoed += 1;
              await pause(echoMs);
            }
            resolve();
            socket.destroy();
          })();
        });
        outgoing.end();
      });
    } catch (error) {
      seen.failures.push(`WebSocket: ${error instanceof Error ? error.message : error}`);
    }
  }
}
