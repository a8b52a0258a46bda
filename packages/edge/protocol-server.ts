import type { EventEmitter } from "node:events";
import { createServer, type IncomingMessage, type ServerOptions, ServerResponse } from "node:http";
import type { Http2Session } from "node:http2";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import type { AddressServers } from "@drydock/nginx";
import { acceptRequest, hasTls } from "./accept-request.ts";
import type { ClientRequest, ClientResponse } from "./client.ts";
import type { Generation } from "./generation.ts";
import { tlsOptions } from "./tls-context.ts";
import { whenKnown } from "./tls-or-plain.ts";

/** Speaks HTTP over the connections of one address, for one generation of the configuration. It listens nowhere itself. */
export interface ProtocolServer {
  /** Takes over a connection. */
  take(socket: Socket): void;
  /** Answers a request. `isLast`: the connection ends with the answer. */
  answer(request: ClientRequest, response: ClientResponse, isLast: boolean): void;
  /** Another one has taken its place. Its connections end with their next answers, so that no request is lost; at once where `endsIdle`. */
  retire(endsIdle: boolean): void;
  /** Ends all of them now. */
  destroy(): void;
  readonly connections: number;
}

/**
 * @param connectionEnded called after each end of a connection
 * @param newest who answers now for this address: requests on the connections of a retired server go there
 * @throws DevError EDGE_BAD_CERTIFICATE
 */
export async function createProtocolServer(
  generation: Generation,
  address: AddressServers,
  isHttp2: boolean,
  newest: () => ProtocolServer | undefined,
  connectionEnded: () => void,
): Promise<ProtocolServer> {
  const { fallback } = address;
  const { settings } = fallback.base;
  const options: ServerOptions = {
    keepAliveTimeout: settings.keepaliveTimeoutMs,
    // nginx: large_client_header_buffers is 4 8k.
    maxHeaderSize: 32 * 1024,
    requestTimeout: 0,
    insecureHTTPParser: false,
  };
  const sessions = new Set<Http2Session>();
  const connections = new Map<string, Connection>();
  let isRetired = false;
  const self: ProtocolServer = {
    take,
    answer: (request, response, isLast) => acceptRequest(generation, address, request, response, isLast),
    retire: (endsIdle) => {
      isRetired = true;
      for (const session of sessions) session.close();
      if (!endsIdle) return;
      for (const { socket, requests, isUpgraded } of connections.values()) {
        // A WebSocket has no end of its own that could be waited for.
        if (isUpgraded) socket.destroy();
        else if (requests === 0) socket.end();
      }
    },
    destroy: () => {
      for (const { socket } of connections.values()) socket.destroy();
    },
    get connections() {
      return connections.size;
    },
  };
  const answer = (request: ClientRequest, response: ClientResponse): void => {
    const connection = connections.get(peerOf("stream" in request ? request.stream.session?.socket : request.socket));
    if (connection) {
      clearTimeout(connection.timer);
      connection.requests += 1;
      connection.total += 1;
      response.once("close", () => {
        connection.requests -= 1;
      });
    }
    const server = isRetired ? (newest() ?? self) : self;
    server.answer(request, response, isRetired || (connection?.total ?? 0) >= settings.keepaliveRequests);
  };
  const upgrade = (request: IncomingMessage, socket: Socket): void => {
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    const connection = connections.get(peerOf(socket));
    if (connection) connection.isUpgraded = true;
    response.once("finish", () => socket.end());
    socket.once("close", () => response.emit("close"));
    socket.on("error", () => socket.destroy());
    answer(request, response);
  };
  const inner = await createInner(generation, address, options, isHttp2);
  // Who speaks plain HTTP to a TLS address is told so in plain HTTP: see accept-request.ts.
  const plain = hasTls(address) ? createServer(options) : inner;
  for (const each of new Set([inner, plain])) {
    each.on("request", answer);
    each.on("checkContinue", answer);
    each.on("upgrade", upgrade);
    each.on("clientError", refuseMalformed);
  }
  inner.on("session", (session: Http2Session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  function take(socket: Socket): void {
    const peer = peerOf(socket);
    const timer = setTimeout(() => socket.destroy(), fallback.clientHeaderTimeoutMs);
    connections.set(peer, { socket, timer, requests: 0, total: 0, isUpgraded: false });
    socket.once("close", () => {
      clearTimeout(timer);
      connections.delete(peer);
      connectionEnded();
    });
    if (plain === inner) inner.emit("connection", socket);
    else whenKnown(socket, (isTls) => (isTls ? inner : plain).emit("connection", socket));
  }
  return self;
}

async function createInner(
  generation: Generation,
  address: AddressServers,
  options: ServerOptions,
  isHttp2: boolean,
): Promise<EventEmitter> {
  if (!hasTls(address)) return createServer(options);
  const tls = { ...options, ...tlsOptions(address, generation.prefix, generation.tlsContexts) };
  if (!isHttp2) return createTlsServer(tls);
  const { createSecureServer } = await import("node:http2");
  return createSecureServer({ ...tls, allowHTTP1: true });
}

interface Connection {
  readonly socket: Socket;
  /** Ends a connection that does not send a request in client_header_timeout. */
  readonly timer: NodeJS.Timeout;
  /** Under way. */
  requests: number;
  /** All that it brought, for keepalive_requests. */
  total: number;
  /** It asked for another protocol, as WebSockets do. */
  isUpgraded: boolean;
}

/** Names a connection on all its levels: TCP, TLS and HTTP/2 have a socket each. */
function peerOf(socket: Pick<Socket, "remoteAddress" | "remotePort"> | undefined): string {
  return `${socket?.remoteAddress} ${socket?.remotePort}`;
}

/** What is no HTTP is answered 400 and the connection ends (nginx too). */
function refuseMalformed(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = error.code === "HPE_HEADER_OVERFLOW" ? "494 Request Header Or Cookie Too Large" : "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
