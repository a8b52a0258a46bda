import { request as httpRequest, type IncomingMessage } from "node:http";
import { deserializeError, type Emit, type SerializedError } from "@drydock/core";
import type { DebugTarget } from "../debug/request.ts";
import { supervisorEnded } from "../errors.ts";
import type { CertificateRenewal, Supervisor } from "../supervisor.ts";
import { LineSplitter } from "./lines.ts";
import { type Frame, type Identity, protocolHeader, protocolVersion, versionHeader } from "./protocol.ts";

/** The supervisor behind a socket. Each call is a connection of its own; nothing is opened before the first. */
export function supervisorClient(socket: string, version: string): Supervisor {
  const call = <T>(method: string, body: unknown, emit: Emit, signal: AbortSignal): Promise<T> =>
    send<T>(socket, version, method, body, emit, signal);
  const quiet: Emit = () => undefined;
  return {
    up: (request, emit, signal) => call("up", request, emit, signal),
    down: (request, emit, signal) => call("down", request, emit, signal),
    restart: (request, emit, signal) => call("restart", request, emit, signal),
    stop: (request, emit, signal) => call("stop", request, emit, signal),
    start: (request, emit, signal) => call("start", request, emit, signal),
    follow: (request, emit, signal) => call("follow", request, emit, signal),
    attach: (source, signal) => call("attach", source, quiet, signal),
    status: (signal) => call("status", null, quiet, signal),
    readLogs: (query, signal) => call("readLogs", query, quiet, signal),
    explain: (service, number, signal) => call("explain", { service, number }, quiet, signal),
    renewCertificate: async (signal, passphrase) =>
      (await call<CertificateRenewal | null>("renewCertificate", { passphrase }, quiet, signal)) ?? undefined,
    debug: async (request, emit, signal) =>
      (await call<DebugTarget | null>("debug", request, emit, signal)) ?? undefined,
    exec: (query, signal) => call("exec", query, quiet, signal),
    inferDataset: (request, signal) => call("inferDataset", request, quiet, signal),
    seed: (request, emit, signal) => call("seed", request, emit, signal),
    data: (source, signal) => call("data", source, quiet, signal),
    edge: (source, signal) => call("edge", source, quiet, signal),
    snapshot: (request, signal) => call("snapshot", request, quiet, signal),
    backup: (request, emit, signal) => call("backup", request, emit, signal),
  };
}

/** Who answers at a socket; undefined when nobody does. */
export function identify(socket: string): Promise<Identity | undefined> {
  return plainCall(socket, "GET", "/identity");
}

/** Asks whoever answers, of whatever version, to end. */
export function requestShutdown(socket: string): Promise<Identity | undefined> {
  return plainCall(socket, "POST", "/shutdown");
}

function plainCall(socket: string, method: string, path: string): Promise<Identity | undefined> {
  return new Promise((resolve) => {
    const outgoing = httpRequest({ socketPath: socket, method, path, timeout: 5_000 }, async (response) => {
      resolve(JSON.parse(await readText(response)) as Identity);
    });
    outgoing.on("error", () => resolve(undefined));
    outgoing.on("timeout", () => outgoing.destroy());
    outgoing.end();
  });
}

function send<T>(
  socket: string,
  version: string,
  method: string,
  body: unknown,
  emit: Emit,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const headers = { [protocolHeader]: String(protocolVersion), [versionHeader]: version };
    const fail = (error: unknown) => reject(signal.aborted ? signal.reason : supervisorEnded(error));
    const outgoing = httpRequest(
      { socketPath: socket, method: "POST", path: `/${method}`, headers, signal },
      (response) => {
        response.on("error", fail);
        response.on("close", () => fail(undefined));
        if (response.statusCode !== 200) {
          readText(response).then((text) => reject(deserializeError(JSON.parse(text) as SerializedError)), fail);
          return;
        }
        const lines = new LineSplitter((line) => {
          const frame = JSON.parse(line) as Frame;
          if ("event" in frame) emit(frame.event);
          else if ("error" in frame) reject(deserializeError(frame.error));
          else resolve(frame.result as T);
        });
        response.on("data", (chunk: Buffer) => lines.push(chunk));
      },
    );
    outgoing.on("error", fail);
    outgoing.end(JSON.stringify(body));
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
