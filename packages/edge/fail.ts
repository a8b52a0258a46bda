import { STATUS_CODES } from "node:http";
import type { ErrorPage } from "@drydock/nginx";
import { splitQuery } from "@drydock/nginx";
import { send } from "./answer.ts";
import type { Exchange } from "./exchange.ts";
import { absoluteLocation } from "./redirect-location.ts";
import { toWire } from "./wire.ts";

/**
 * Ends a request with a status that is an error, or a redirect: by the location's `error_page`, else by a page of ours.
 * @param headers for that page
 */
export function fail(exchange: Exchange, status: number, headers: readonly string[] = []): void {
  if (status === 444) {
    exchange.status = 444;
    exchange.request.socket.destroy();
    return;
  }
  const { settings } = exchange;
  exchange.errorStatus = status;
  const mayShow = !exchange.isErrorPage || settings.recursiveErrorPages;
  const page =
    mayShow && exchange.changesLeft > 0
      ? settings.errorPages.find(({ statuses }) => statuses.includes(status))
      : undefined;
  if (page) {
    showPage(exchange, page);
    return;
  }
  // ngx_http_special_response.c: without an error_page of its own it is a bad request.
  if (status === 497) exchange.errorStatus = 400;
  send(exchange, { status, headers: ["Content-Type", "text/html", ...headers] }, pageOf(status));
}

function showPage(exchange: Exchange, { answer, target }: ErrorPage): void {
  exchange.isErrorPage = true;
  if (answer !== undefined) exchange.errorStatus = answer;
  const text = target.evaluate(exchange.lookup);
  if (text.startsWith("@")) exchange.goTo(text);
  else if (text.startsWith("/")) {
    // ngx_http_special_response.c: whatever was asked, the page is got.
    if (exchange.method !== "HEAD") exchange.method = "GET";
    const { path, query } = splitQuery(text);
    exchange.redirect(path, query ?? "");
  } else {
    const isRedirect = [301, 302, 303, 307, 308].includes(exchange.errorStatus);
    const status = isRedirect ? exchange.errorStatus : 302;
    exchange.errorStatus = status;
    send(exchange, { status, headers: ["Content-Type", "text/html", "Location", toWire(text)] }, pageOf(status));
  }
}

/** Sends a client elsewhere. */
export function sendRedirect(exchange: Exchange, status: number, location: string): void {
  fail(exchange, status, ["Location", toWire(absoluteLocation(exchange, location))]);
}

/** A short page for a status. */
function pageOf(status: number): Buffer {
  const title = `${status} ${titles[status] ?? STATUS_CODES[status] ?? ""}`.trim();
  return Buffer.from(
    `<!doctype html>\n<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<hr><p>drydock edge</p>\n</body>\n</html>\n`,
  );
}

// nginx's own words where they are others than Node's.
const titles: Readonly<Record<number, string>> = {
  302: "Found",
  408: "Request Time-out",
  413: "Request Entity Too Large",
  414: "Request-URI Too Large",
  497: "The plain HTTP request was sent to HTTPS port",
  416: "Requested Range Not Satisfiable",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};
