import type { Server } from "./command-context.ts";

const checkEveryMs = 1000;

/** Closes clients that asked for nothing for `timeout` seconds; those that wait or listen may (networking.c, clientsCronHandleTimeout). Returns how to end it. */
export function startIdleCheck(server: Server): () => void {
  const timer = setInterval(() => {
    const idleMs = server.configuration.number("timeout") * 1000;
    if (idleMs === 0) return;
    for (const client of server.clients.values()) {
      const mayBeIdle = client.blocked !== undefined || client.subscriptions > 0 || client.isMonitor;
      if (!mayBeIdle && Date.now() - client.lastCommandAt > idleMs) client.close();
    }
  }, checkEveryMs).unref();
  return () => clearInterval(timer);
}
