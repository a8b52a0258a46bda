import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { HostPort } from "@drydock/core";
import type { Prospect, Prospects } from "./prospect.ts";

// Longer than most services take to start, shorter than the half minute after which clients commonly give up.
const longestMs = 20_000;
// What died is known a moment later than it does not answer: so long is waited although nobody says that it comes back.
const unsureMs = 1_000;
// A program that was started does not tell when it listens.
const againMs = 25;
const connectMs = 2_000;

/**
 * Resolves with a connection to a server of the upstream as soon as one takes it, also one that is made meanwhile; else with why none did. Rejects with the
 * signal's reason. Nothing was sent over the connection.
 */
export async function reach(upstream: string, prospects: Prospects, signal: AbortSignal): Promise<Socket | string> {
  const startedAt = performance.now();
  for (;;) {
    const prospect = prospects.of(upstream);
    if (!prospect) return "This service is not served any more.";
    for (const server of prospect.servers) {
      const socket = await open(server, prospect.scheme).catch(() => undefined);
      if (!socket) continue;
      if (!signal.aborted) return socket;
      socket.destroy();
    }
    signal.throwIfAborted();
    const waited = performance.now() - startedAt;
    if (waited > (prospect.isComing ? longestMs : unsureMs)) return prospect.text;
    // With an address, the next try is due soon; without one, only a change can bring it.
    await changeOrPause(prospects, prospect.servers.length > 0 ? againMs : unsureMs, signal);
  }
}

function changeOrPause(prospects: Prospects, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    const unsubscribe = prospects.onChange(done);
    signal.addEventListener("abort", done, { once: true });
  });
}

/** A service's certificate is not looked at: this is this machine, or a container of it. */
function open({ host, port }: HostPort, scheme: Prospect["scheme"]): Promise<Socket> {
  const where = { host: host.replace(/^\[|\]$/g, ""), port, noDelay: true };
  return new Promise((resolve, reject) => {
    const isTls = scheme === "https";
    const socket = isTls ? connectTls({ ...where, rejectUnauthorized: false }) : connectTcp(where);
    socket.setTimeout(connectMs, () =>
      socket.destroy(new Error(`${host}:${port} did not take the connection in time`)),
    );
    socket.once("error", reject);
    socket.once(isTls ? "secureConnect" : "connect", () => {
      socket.setTimeout(0);
      socket.off("error", reject);
      resolve(socket);
    });
  });
}
