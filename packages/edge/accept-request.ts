import { type AddressServers, findServer, hostOf, normalizePath, splitQuery } from "@drydock/nginx";
import { logRequest } from "./access-log.ts";
import { type ClientRequest, type ClientResponse, headerOf } from "./client.ts";
import { Exchange } from "./exchange.ts";
import { fail } from "./fail.ts";
import type { Generation } from "./generation.ts";
import { goToLocation, redirectInside, serve } from "./serve.ts";
import { schemeOf } from "./variables/address-variables.ts";
import { findVariable } from "./variables/find-variable.ts";

const ways = { findVariable, redirect: redirectInside, goTo: goToLocation };

/** Answers a request that came in at an address. `isLast`: its connection ends with the answer. */
export function acceptRequest(
  generation: Generation,
  address: AddressServers,
  request: ClientRequest,
  response: ClientResponse,
  isLast: boolean,
): void {
  const { counters } = generation.parts;
  counters.requests += 1;
  counters.writing += 1;
  const end = generation.begin();
  const { rawUri, authority } = targetOf(request);
  const host = authority === undefined ? undefined : hostOf(authority);
  const found = findServer(address, host ?? "");
  const { path, query } = splitQuery(rawUri);
  const uri = normalizePath(path, found.server.mergesSlashes);
  const start = {
    server: found.server,
    host: host ?? nameOf(found.server.names),
    rawUri,
    uri: uri ?? "/",
    args: query ?? "",
  };
  const exchange = new Exchange(generation, request, response, start, ways);
  exchange.closesConnection = isLast;
  // What is written after the end of an answer is a fault of ours, and none of the other requests'.
  response.on("error", (error) => generation.parts.log(`${exchange.method} ${rawUri}: ${error.message}`));
  response.once("close", () => {
    counters.writing -= 1;
    end();
    if (!response.writableEnded) {
      exchange.isClientGone = true;
      // nginx's own status for a client that went away before the head of the answer.
      if (exchange.status === 0) exchange.status = 499;
    }
    logRequest(exchange);
  });
  if (found.match) exchange.capture(found.match);
  const isBadHost = authority === undefined ? request.httpVersion === "1.1" : host === undefined;
  exchange.guard(() => {
    if (hasTls(address) && schemeOf(exchange) === "http") refusePlain(exchange);
    else if (uri === undefined || isBadHost) fail(exchange, 400);
    else serve(exchange);
  });
}

/** Whether an address is for TLS alone. */
export const hasTls = ({ servers }: AddressServers): boolean => servers.some(({ tls }) => tls !== undefined);

/** A plain request to an address for TLS: `error_page 497` answers it (ngx_http_ssl_module, Error Processing), and the connection ends. */
function refusePlain(exchange: Exchange): void {
  exchange.closesConnection = true;
  fail(exchange, 497);
}

/** The target of a request line may be a whole address (RFC 9112, 3.2.2), whose host counts then. */
function targetOf(request: ClientRequest): { readonly rawUri: string; readonly authority: string | undefined } {
  const target = request.url ?? "/";
  const header = "authority" in request ? request.authority || headerOf(request, "host") : headerOf(request, "host");
  const absolute = target.startsWith("/") ? null : /^https?:\/\/([^/?]+)(.*)$/i.exec(target);
  if (!absolute) return { rawUri: target, authority: header };
  const rest = absolute[2] ?? "";
  return { rawUri: rest.startsWith("/") ? rest : `/${rest}`, authority: absolute[1] };
}

function nameOf(names: Exchange["server"]["names"]): string {
  const [first] = names;
  return first?.kind === "exact" ? first.name : "";
}
