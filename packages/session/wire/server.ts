import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Emit, serializeError } from "@drydock/core";
import { supervisorVersion } from "../errors.ts";
import type { Supervisor } from "../supervisor.ts";
import { FrameWriter } from "./frame-writer.ts";
import { type Identity, protocolHeader, protocolVersion, versionHeader } from "./protocol.ts";

/** What the server tells its process. */
export interface ServerHooks {
  /** A client asked the supervisor to end: after `down`, or by `POST /shutdown`. */
  readonly onShutdown: () => void;
  /** The last request under way ended; or, with none under way, somebody asked who is here: a request follows. */
  readonly onIdle: () => void;
  /** A request begins. */
  readonly onBusy: () => void;
}

type Handler = (body: never, emit: Emit, signal: AbortSignal) => Promise<unknown>;

/** Serves a supervisor to clients. It does not listen yet. */
export function supervisorServer(supervisor: Supervisor, version: string, hooks: ServerHooks): Server {
  const methods: Readonly<Record<string, Handler>> = {
    up: supervisor.up,
    down: supervisor.down,
    restart: supervisor.restart,
    stop: supervisor.stop,
    start: supervisor.start,
    follow: supervisor.follow,
    inferDataset: (body, _emit, signal) => supervisor.inferDataset(body, signal),
    seed: supervisor.seed,
    attach: (body, _emit, signal) => supervisor.attach(body, signal),
    status: (_body, _emit, signal) => supervisor.status(signal),
    readLogs: (body, _emit, signal) => supervisor.readLogs(body, signal),
    explain: ({ service, number }: { service: string; number: number }, _emit, signal) =>
      supervisor.explain(service, number, signal),
    renewCertificate: ({ passphrase }: { passphrase?: string }, _emit, signal) =>
      supervisor.renewCertificate(signal, passphrase),
    debug: supervisor.debug,
    exec: (body, _emit, signal) => supervisor.exec(body, signal),
    data: (body, _emit, signal) => supervisor.data(body, signal),
    edge: (body, _emit, signal) => supervisor.edge(body, signal),
    snapshot: (body, _emit, signal) => supervisor.snapshot(body, signal),
    backup: supervisor.backup,
  };
  const identity: Identity = { pid: process.pid, version, protocol: protocolVersion };
  let active = 0;

  const server = createServer((request, response) => {
    response.setHeader(versionHeader, version);
    const name = (request.url ?? "").slice(1);
    if (name === "identity") {
      sendJson(response, 200, identity);
      return active === 0 ? hooks.onIdle() : undefined;
    }
    if (name === "shutdown") {
      sendJson(response, 200, identity);
      return hooks.onShutdown();
    }
    if (request.headers[protocolHeader] !== String(protocolVersion)) {
      const theirs = String(request.headers[versionHeader] ?? "of another version");
      return sendJson(response, 426, serializeError(supervisorVersion(version, theirs)));
    }
    const handler = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!handler || request.method !== "POST") return sendJson(response, 404, { methods: Object.keys(methods) });
    active += 1;
    hooks.onBusy();
    answer(handler, request, response).then((isDown) => {
      active -= 1;
      if (isDown && name === "down") hooks.onShutdown();
      else if (active === 0) hooks.onIdle();
    });
  });
  // Answers last as long as the stack does: no time limit on requests.
  server.requestTimeout = 0;
  server.timeout = 0;
  return server;
}

/** Resolves to true when the request was carried out, to false when it failed or was cancelled. Never rejects. */
async function answer(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const abort = new AbortController();
  response.on("close", () => abort.abort());
  response.setHeader("content-type", "application/x-ndjson");
  const writer = new FrameWriter(response);
  try {
    const body = (await readJson(request)) as never;
    const result = await handler(body, (event) => writer.event(event), abort.signal);
    writer.result(result ?? null);
    const { dryRun } = (body ?? {}) as { dryRun?: boolean };
    return dryRun !== true;
  } catch (error) {
    writer.error(serializeError(error));
    return false;
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? undefined : JSON.parse(text);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
}
