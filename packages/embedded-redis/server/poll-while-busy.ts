import type { Server } from "./command-context.ts";
import type { Listener } from "./listener.ts";

/** Looks at all sockets in the middle of a script, and puts back what belongs to the script's command. */
export function pollWhileBusy(server: Server, listener: Listener): void {
  const { now, runningClient } = server;
  listener.poll();
  server.now = now;
  server.runningClient = runningClient;
}
