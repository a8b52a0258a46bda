import type { Clock } from "@drydock/core";
import type { Container } from "../container.ts";
import { framedText } from "../demux.ts";
import type { EngineApi } from "../engine-api.ts";
import { listenersOf } from "./host-sockets.ts";
import { type Listener, readListeners } from "./listening-ports.ts";
import type { Probe, ProbeAnswer } from "./probe.ts";
import { tryConnect } from "./try-connect.ts";

// The image only says that it may listen there; when it has not after this time, it is not going to.
const hintLimitMs = 10_000;
// The Compose file says that it listens there. Bundlers that compile first take a minute; nothing takes two.
const orderLimitMs = 120_000;

/** Which port is asked, and how sure it is that the service listens there. */
export interface PortToProbe {
  readonly port: number;
  /** `order`: the Compose file names it; `hint`: only the image does. */
  readonly certainty: "order" | "hint";
  /** The container's address, where this machine reaches it. */
  readonly ip: string | undefined;
}

/** Asks whether a port listens: by connecting, or, where the container's network is out of reach, by reading its table of sockets. */
export function tcpProbe(api: EngineApi, clock: Clock, container: Container, target: PortToProbe): Probe {
  const { port, certainty, ip } = target;
  const begunAt = clock.now();
  let isReachable = ip !== undefined;
  const ask = async (signal: AbortSignal): Promise<ProbeAnswer> => {
    if (ip !== undefined && isReachable) {
      const answer = await tryConnect(ip, port);
      if (answer === "open") return { verdict: "yes", reason: `port ${port} answers` };
      isReachable = answer === "closed";
    }
    const answer = isReachable ? closed(port) : await askInside(api, container, port, signal);
    return answer.verdict === "no" ? limited(answer, clock.now() - begunAt, target) : answer;
  };
  return {
    label: `port ${port}${certainty === "hint" ? " of the image" : ""}`,
    ask,
    firstPauseMs: 10,
    lastPauseMs: 250,
  };
}

function limited(answer: ProbeAnswer, elapsedMs: number, { port, certainty }: PortToProbe): ProbeAnswer {
  if (certainty === "hint" && elapsedMs > hintLimitMs)
    return { verdict: "yes", reason: `runs; port ${port}, which the image names, is not open` };
  if (certainty === "order" && elapsedMs > orderLimitMs)
    return { verdict: "never", reason: `did not listen on port ${port} in ${orderLimitMs / 1000} s` };
  return answer;
}

function closed(port: number): ProbeAnswer {
  return { verdict: "no", reason: `nothing listens on port ${port} yet` };
}

async function askInside(
  api: EngineApi,
  container: Container,
  port: number,
  signal: AbortSignal,
): Promise<ProbeAnswer> {
  try {
    const listeners = (await listenersOf(container)) ?? (await listenersByExec(api, container, signal));
    // An image without `cat` cannot be asked; then running is all that can be observed.
    if (!listeners) return { verdict: "yes", reason: "runs; its ports cannot be looked at" };
    const found = listeners.filter((each) => each.port === port);
    if (found.some((each) => !each.isLoopback)) return { verdict: "yes", reason: `port ${port} answers` };
    if (found.length > 0)
      return { verdict: "no", reason: `port ${port} listens on 127.0.0.1 only; make the program listen on 0.0.0.0` };
    return closed(port);
  } catch (error) {
    signal.throwIfAborted();
    return { verdict: "no", reason: `port ${port}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function listenersByExec(
  api: EngineApi,
  container: Container,
  signal: AbortSignal,
): Promise<readonly Listener[] | undefined> {
  const { output } = await api.run(container.id, ["cat", "/proc/net/tcp", "/proc/net/tcp6"], signal);
  const text = framedText(output);
  return text.includes("local_address") ? readListeners(text) : undefined;
}
