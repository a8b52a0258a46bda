import { escapePath, findLocation, runActions, splitQuery } from "@drydock/nginx";
import { limitRequest } from "./access/limit-requests.ts";
import { mayAccess } from "./access/may-access.ts";
import { headerOf } from "./client.ts";
import type { Exchange } from "./exchange.ts";
import { fail, sendRedirect } from "./fail.ts";
import { handle } from "./handle.ts";
import { sendText } from "./send-text.ts";
import { tryFiles } from "./static/try-files.ts";

/** Carries a request through nginx's phases (nginx.org/en/docs/dev/development_guide.html#http_phases): server rewrite, then the location's. */
export function serve(exchange: Exchange): void {
  const result = runActions(exchange.server.base.actions, exchange);
  if (result.kind === "continue" || result.kind === "changed") {
    // A rewrite at the server's level is over before a location is looked for.
    if (result.kind === "changed" || result.isChanged) exchange.isRawValid = false;
    locate(exchange);
  } else end(exchange, result);
}

/** Starts again at another URI of the same server (ngx_http_internal_redirect). */
export function redirectInside(exchange: Exchange, uri: string, args: string): void {
  if (exchange.changesLeft === 0) {
    exchange.isErrorPage = true;
    fail(exchange, 500);
    return;
  }
  exchange.changesLeft -= 1;
  exchange.uri = uri;
  exchange.args = args;
  exchange.isInternal = true;
  exchange.isRawValid = false;
  exchange.isLocationValid = true;
  serve(exchange);
}

/** Goes to a named location with the URI as it is (ngx_http_named_location). */
export function goToLocation(exchange: Exchange, name: string): void {
  const location = exchange.server.named.get(name);
  if (!location || exchange.changesLeft === 0) {
    exchange.isErrorPage = true;
    fail(exchange, 500);
    return;
  }
  exchange.changesLeft -= 1;
  exchange.isInternal = true;
  exchange.enter(location);
  rewriteInLocation(exchange);
}

function locate(exchange: Exchange): void {
  const found = findLocation(exchange.server.locations, exchange.uri);
  if (found?.kind === "add-slash") {
    const args = exchange.args === "" ? "" : `?${exchange.args}`;
    sendRedirect(exchange, 301, `${escapePath(exchange.uri)}/${args}`);
    return;
  }
  const location = found?.location ?? exchange.server.base;
  if (found?.match) exchange.capture(found.match);
  exchange.enter(location);
  if (location.isInternal && !exchange.isInternal) fail(exchange, 404);
  else if (isTooLarge(exchange)) refuseBody(exchange);
  else rewriteInLocation(exchange);
}

/** What the client announces is more than `client_max_body_size`. */
function isTooLarge({ request, settings }: Exchange): boolean {
  const length = Number(headerOf(request, "content-length") ?? 0);
  return settings.clientMaxBodySize > 0 && length > settings.clientMaxBodySize;
}

function refuseBody(exchange: Exchange): void {
  // What is still to come is not read: the connection cannot be used again.
  exchange.closesConnection = true;
  fail(exchange, 413);
}

function rewriteInLocation(exchange: Exchange): void {
  // The server's own actions have run already when no location took the request.
  const { actions, match } = exchange.location;
  if (actions.length === 0 || match.kind === "server") {
    control(exchange);
    return;
  }
  const result = runActions(actions, exchange);
  if (result.kind === "changed") {
    exchange.isRawValid = false;
    exchange.changesLeft -= 1;
    exchange.isInternal = true;
    if (exchange.changesLeft <= 0) {
      exchange.isErrorPage = true;
      fail(exchange, 500);
    } else locate(exchange);
  } else if (result.kind === "continue") {
    if (result.isChanged) {
      exchange.isRawValid = false;
      exchange.isLocationValid = false;
      exchange.isInternal = true;
    }
    control(exchange);
  } else end(exchange, result);
}

type End = Exclude<ReturnType<typeof runActions>, { readonly kind: "continue" | "changed" }>;

function end(exchange: Exchange, result: End): void {
  if (result.kind === "redirect") sendRedirect(exchange, result.status, result.target);
  else sendText(exchange, result.status, result.text);
}

/** Preaccess, access and precontent. */
function control(exchange: Exchange): void {
  limitRequest(exchange, () => {
    if (exchange.isClientGone || !mayAccess(exchange)) return;
    const { tryFiles: rule } = exchange.location;
    const outcome = rule ? tryFiles(exchange, rule) : undefined;
    if (outcome?.kind === "status") fail(exchange, outcome.status);
    else if (outcome?.kind === "named") goToLocation(exchange, outcome.name);
    else if (outcome?.kind === "uri") {
      const { path, query } = splitQuery(outcome.uri);
      redirectInside(exchange, path, query ?? "");
    } else handle(exchange);
  });
}
