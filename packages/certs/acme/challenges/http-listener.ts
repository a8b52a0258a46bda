import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { challengePortNotOurs } from "../errors.ts";
import type { Challenge, ChallengeSolver } from "./challenge.ts";

/** RFC 8555, section 8.3. */
export const challengePath = (token: string): string => `/.well-known/acme-challenge/${token}`;

/** Answers the authority itself, on a port of this machine that port 80 of the name leads to; only while something is to be shown. */
export function httpListener(port: number): ChallengeSolver {
  const shown = new Map<string, Challenge>();
  const requests: string[] = [];
  let server: Server | undefined;
  return {
    type: "http-01",
    hint: `Port 80 of the name has to lead to port ${port} of this machine, from the authority's side.`,
    async set(challenge) {
      shown.set(challengePath(challenge.token), challenge);
      if (server) return;
      const starting = createServer((request, response) => {
        const { pathname } = new URL(request.url ?? "/", "http://localhost");
        const found = shown.get(pathname);
        requests.push(`${request.socket.remoteAddress} asked for http://${request.headers.host ?? ""}${pathname}`);
        response.writeHead(found ? 200 : 404, { "Content-Type": "text/plain", Connection: "close" });
        response.end(found?.answer ?? "No challenge of that name is open.\n");
      });
      try {
        await once(starting.listen(port), "listening");
      } catch (error) {
        throw challengePortNotOurs(port, (error as NodeJS.ErrnoException).code ?? String(error));
      }
      server = starting;
    },
    async clean(challenge) {
      shown.delete(challengePath(challenge.token));
      if (shown.size > 0 || !server) return;
      const ending = server;
      server = undefined;
      ending.closeAllConnections();
      await new Promise((resolve) => ending.close(resolve));
    },
    seen: () => (requests.length === 0 ? [`No request arrived at port ${port} of this machine.`] : requests.slice(-5)),
  };
}
