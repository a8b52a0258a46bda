import { type RequestOptions, request } from "node:https";

/** What came back over TLS. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Asks over TLS, on a connection of its own, whatever the certificate; `servername` is `options.servername`. */
export function askSecurely(options: RequestOptions, body?: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const all = { host: "127.0.0.1", rejectUnauthorized: false, agent: false, ...options };
    const outgoing = request(all, (message) => {
      let text = "";
      message.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      message.once("end", () => resolve({ status: message.statusCode ?? 0, headers: message.headers, body: text }));
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}
