import type { Client } from "../../server/client.ts";
import type { Server } from "../../server/command-context.ts";

/** Ends CLIENT TRACKING. */
export function endTracking(server: Server, client: Client): void {
  client.tracking = undefined;
  client.caching = undefined;
  server.tracking.forget(client);
}
