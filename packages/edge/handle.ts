import { send } from "./answer.ts";
import type { Exchange } from "./exchange.ts";
import { fail } from "./fail.ts";
import { passRequest } from "./proxy/pass-request.ts";
import { serveFile } from "./static/serve-file.ts";

/** The content phase: who answers is the location's choice. */
export function handle(exchange: Exchange): void {
  const { handler } = exchange.location;
  if (handler.kind === "proxy") passRequest(exchange, handler.pass);
  else if (handler.kind === "static") serveFile(exchange);
  else if (handler.kind === "stub-status") sendStatus(exchange);
  else if (handler.kind === "empty-gif")
    send(exchange, { status: 200, headers: ["Content-Type", "image/gif"] }, emptyGif);
  else {
    exchange.generation.parts.log(
      `${handler.directive} is not honoured by the embedded edge: ${exchange.uri} is answered 502`,
    );
    fail(exchange, 502);
  }
}

// The smallest transparent picture (GIF89a specification).
const emptyGif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==", "base64");

/** ngx_http_stub_status_module's page. */
function sendStatus(exchange: Exchange): void {
  const { accepted, active, requests, writing } = exchange.generation.parts.counters;
  const waiting = Math.max(0, active - writing);
  const text = `Active connections: ${active} \nserver accepts handled requests\n ${accepted} ${accepted} ${requests} \nReading: 0 Writing: ${writing} Waiting: ${waiting} \n`;
  send(exchange, { status: 200, headers: ["Content-Type", "text/plain"] }, Buffer.from(text));
}
