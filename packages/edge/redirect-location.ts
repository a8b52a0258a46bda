import type { Exchange } from "./exchange.ts";
import { schemeOf } from "./variables/address-variables.ts";

/** The value of Location: a path becomes an address of this server, as absolute_redirect, server_name_in_redirect and port_in_redirect say. */
export function absoluteLocation(exchange: Exchange, location: string): string {
  const { settings, server, request } = exchange;
  if (!location.startsWith("/") || !settings.absoluteRedirect) return location;
  const [first] = server.names;
  const name = settings.serverNameInRedirect && first?.kind === "exact" ? first.name : exchange.host;
  const scheme = schemeOf(exchange);
  const port = request.socket.localPort;
  const isUsual = port === (scheme === "https" ? 443 : 80);
  return `${scheme}://${name}${settings.portInRedirect && !isUsual ? `:${port}` : ""}${location}`;
}
