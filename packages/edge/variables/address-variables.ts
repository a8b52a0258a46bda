import type { TLSSocket } from "node:tls";
import { headerOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";
import type { Variables } from "./variable.ts";

/** Who speaks with whom, and how it is protected: ngx_http_core_module and ngx_http_ssl_module. */
export const addressVariables: Variables = {
  remote_addr: (exchange) => remoteAddress(exchange),
  binary_remote_addr: (exchange) => remoteAddress(exchange),
  remote_port: ({ remote }) => String(remote.port ?? ""),
  server_addr: ({ request }) => plainAddress(request.socket.localAddress),
  server_port: ({ request }) => String(request.socket.localPort ?? ""),
  scheme: (exchange) => schemeOf(exchange),
  https: (exchange) => (schemeOf(exchange) === "https" ? "on" : ""),
  connection: ({ remote }) => String(remote.port ?? ""),
  proxy_add_x_forwarded_for: (exchange) => {
    const before = headerOf(exchange.request, "x-forwarded-for");
    return before === undefined ? remoteAddress(exchange) : `${before}, ${remoteAddress(exchange)}`;
  },
  ssl_protocol: (exchange) => tlsSocket(exchange)?.getProtocol() ?? undefined,
  ssl_cipher: (exchange) => tlsSocket(exchange)?.getCipher()?.name,
  ssl_server_name: (exchange) => {
    const name = tlsSocket(exchange)?.servername;
    return typeof name === "string" ? name : undefined;
  },
  ssl_alpn_protocol: (exchange) => tlsSocket(exchange)?.alpnProtocol || undefined,
  ssl_session_reused: (exchange) => (tlsSocket(exchange)?.isSessionReused() ? "r" : "."),
  ssl_client_verify: (exchange) => {
    const socket = tlsSocket(exchange);
    if (!socket || Object.keys(socket.getPeerCertificate()).length === 0) return socket && "NONE";
    return socket.authorized ? "SUCCESS" : `FAILED:${socket.authorizationError ?? ""}`;
  },
};

/** The client's address; IPv4 as such on a socket for both families. */
export function remoteAddress({ remote }: Pick<Exchange, "remote">): string {
  return plainAddress(remote.address);
}

/** `http` or `https`. */
export function schemeOf({ request }: Pick<Exchange, "request">): "http" | "https" {
  return "encrypted" in request.socket && request.socket.encrypted ? "https" : "http";
}

function plainAddress(address: string | undefined): string {
  return (address ?? "").replace(/^::ffff:(?=\d+\.)/, "");
}

function tlsSocket(exchange: Exchange): TLSSocket | undefined {
  if (schemeOf(exchange) === "http") return undefined;
  const { request } = exchange;
  // HTTP/2 guards its socket: the session gives the one below.
  const socket = "stream" in request ? request.stream.session?.socket : request.socket;
  return socket && "getProtocol" in socket ? socket : undefined;
}
