import { connect } from "node:net";
import type { HostPort } from "@drydock/core";
import type { ProbeAnswer } from "../options.ts";
import type { Probe } from "./probe.ts";

const connectTimeoutMs = 2_000;

/** Ready when something accepts a connection. */
export function tcpProbe({ host, port }: HostPort): Probe {
  return { label: `tcp ${host}:${port}`, check: (signal) => accepts(host, port, signal) };
}

function accepts(host: string, port: number, signal: AbortSignal): Promise<ProbeAnswer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const socket = connect({ host, port, timeout: connectTimeoutMs });
    const answer = (isReady: boolean, detail: string) => {
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      resolve({ isReady, detail });
    };
    const onAbort = () => {
      socket.destroy();
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("connect", () => answer(true, "it accepts connections"));
    socket.once("timeout", () => answer(false, "no answer"));
    socket.once("error", (error) => answer(false, wording(error, host, port)));
  });
}

function wording(error: Error, host: string, port: number): string {
  const code = "code" in error ? error.code : undefined;
  return code === "ECONNREFUSED" ? `nothing listens on ${host}:${port}` : error.message;
}
