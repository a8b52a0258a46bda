import { resolve } from "node:path";
import type { PassTarget, Peer } from "@drydock/nginx";
import type { Balancer } from "../balance/peer-state.ts";
import type { Exchange } from "../exchange.ts";
import type { CarrierTarget, CarrierTls } from "./carrier.ts";

/** How a server of an upstream is reached for a request. */
export function carrierTarget(exchange: Exchange, target: PassTarget, peer: Peer, balancer: Balancer): CarrierTarget {
  return {
    upstream: balancer.name,
    scheme: target.scheme,
    host: peer.host,
    port: peer.port,
    connectTimeoutMs: exchange.settings.proxyConnectTimeoutMs,
    keepalive: balancer.keepalive,
    keepaliveTimeoutMs: balancer.keepaliveTimeoutMs,
    tls: target.scheme === "https" ? tlsOf(exchange, target) : undefined,
  };
}

/** proxy_ssl_name is the host of proxy_pass by default; it is sent only where proxy_ssl_server_name is on, and never an address (RFC 6066, 3). */
function tlsOf({ settings, lookup, generation }: Exchange, target: PassTarget): CarrierTls {
  const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(generation.prefix, path));
  const name = settings.proxySslName?.evaluate(lookup) ?? target.authority.replace(/:\d+$/, "");
  return {
    verifies: settings.proxySslVerify,
    name: settings.proxySslServerName && !/^[\d.]+$|:/.test(name) ? name : undefined,
    trusted: absolute(settings.proxySslTrustedCertificate),
    certificate: absolute(settings.proxySslCertificate),
    key: absolute(settings.proxySslCertificateKey),
  };
}
