import type { Server } from "./command-context.ts";
import type { Effect } from "./effects.ts";

/** Takes what commands did; effects of one call belong together. */
export type Journal = (effects: readonly Effect[]) => void;

/** After a command, transaction or script: hands its effects to the journal, sends invalidations, and serves who waits for what it made. */
export function settle(server: Server, journal: Journal | undefined): void {
  flush(server, journal);
  if (!server.blocked.hasReady) return;
  server.now = Date.now();
  server.blocked.serveReady((client, serve) => {
    server.runningClient = client;
    const reply = serve();
    flush(server, journal);
    return reply;
  });
}

function flush(server: Server, journal: Journal | undefined): void {
  if (server.effects.count > 0) {
    const effects = server.effects.take();
    journal?.(effects);
  }
  server.tracking.flush();
}
