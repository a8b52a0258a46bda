import { type ProxyPass, passedUri } from "@drydock/nginx";
import type { Exchange } from "../exchange.ts";
import { fail } from "../fail.ts";
import { PassedRequest } from "./passed-request.ts";
import { type RequestBody, readBody } from "./request-body.ts";
import { requestHeaders } from "./request-headers.ts";

/** Passes a request to an upstream and its answer to the client (ngx_http_proxy_module). */
export function passRequest(exchange: Exchange, pass: ProxyPass): void {
  const passed = passedUri(pass, exchange, exchange.lookup);
  if (!passed) {
    exchange.generation.parts.log(`proxy_pass has no address for ${exchange.method} ${exchange.rawUri}: 500`);
    fail(exchange, 500);
    return;
  }
  const { headers, connection, upgrade } = requestHeaders(exchange, passed.target);
  const wantsUpgrade = upgrade !== "" && /\bupgrade\b/i.test(connection);
  const send = (body: RequestBody): void => {
    if (exchange.isClientGone) return;
    const words = withBody(headers, body);
    new PassedRequest(exchange, passed, {
      method: exchange.settings.proxyMethod?.evaluate(exchange.lookup) ?? exchange.method,
      headers: words,
      body,
      upgrade: wantsUpgrade ? upgrade : undefined,
      keepsConnection: connection === "" || /keep-alive/i.test(connection),
    }).next();
  };
  const { proxySetBody, proxyPassRequestBody } = exchange.settings;
  if (proxySetBody) send({ kind: "whole", bytes: Buffer.from(proxySetBody.evaluate(exchange.lookup)) });
  else if (!proxyPassRequestBody || wantsUpgrade) send({ kind: "none" });
  else
    readBody(exchange, send, (status) => {
      exchange.closesConnection = true;
      fail(exchange, status);
    });
}

function withBody(headers: string[], body: RequestBody): string[] {
  const length = body.kind === "whole" ? body.bytes.length : body.kind === "stream" ? body.length : undefined;
  if (length !== undefined) headers.push("Content-Length", String(length));
  return headers;
}
