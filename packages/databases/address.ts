import { connect } from "node:net";

/** Where a server answers on this machine. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** What a probe found: ready, or why not, in words. */
export interface ProbeAnswer {
  readonly isReady: boolean;
  readonly detail: string;
}

/** Why nothing takes a connection at an address, in words; undefined when something does. Drivers retry for a while; this does not. */
export function refusal({ host, port }: HostPort, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const answer = (words: string | undefined) => {
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      resolve(words);
    };
    const onAbort = () => answer("the question was withdrawn");
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("connect", () => answer(undefined));
    socket.once("error", (error: NodeJS.ErrnoException) =>
      answer(error.code === "ECONNREFUSED" ? "connection refused" : error.message),
    );
    if (signal.aborted) onAbort();
  });
}
