import { send } from "./answer.ts";
import type { Exchange } from "./exchange.ts";
import { fail, sendRedirect } from "./fail.ts";
import { contentType } from "./static/content-type.ts";

/** Carries out `return` (ngx_http_rewrite_module): an address for redirects, a body for other statuses, the status's own page without either. */
export function sendText(exchange: Exchange, status: number, text: string | undefined): void {
  const isRedirect = [301, 302, 303, 307, 308].includes(status);
  if (isRedirect && text !== undefined) sendRedirect(exchange, status, text);
  else if (text === undefined && (status >= 300 || status === 444)) fail(exchange, status);
  else send(exchange, { status, headers: text === undefined ? [] : contentType(exchange) }, Buffer.from(text ?? ""));
}
