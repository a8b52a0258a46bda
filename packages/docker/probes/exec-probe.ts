import type { Clock } from "@drydock/core";
import type { Container, ContainerHealthCheck } from "../container.ts";
import { framedText } from "../demux.ts";
import type { EngineApi } from "../engine-api.ts";
import type { Probe, ProbeAnswer } from "./probe.ts";

const listenPauseMs = 25;
// An engine that asks this often itself is asked for its answer: two that start programs in a container that starts make it slower.
const engineAsksSoonMs = 1_000;
const besideEnginePauseMs = 2_000;

/** Whether the container listens by now; undefined: that cannot be seen from here. */
export interface Listening {
  readonly isOpen: () => Promise<boolean | undefined>;
  /** For how long a container that does not listen is not asked. */
  readonly patienceMs: number;
  /** Asks the container itself what its check asks, at less cost; why it is ready, or undefined where the check has to be run. */
  readonly sooner?: (signal: AbortSignal) => Promise<string | undefined>;
}

/**
 * Runs the service's own health check, as the engine does it: the container's user and environment, its time limit, healthy
 * at exit 0. Asks early and often at first, because the engine waits a whole interval, and only once where it does not; never twice at the same time. A check can
 * cost a second of a core, which the service needs while it starts: so it begins when the container listens, or when
 * patience is at its end, and rests for as long as it took.
 */
export function execProbe(
  api: EngineApi,
  clock: Clock,
  container: Container,
  check: ContainerHealthCheck,
  listening: Listening,
): Probe {
  let running: Promise<ProbeAnswer> | undefined;
  let { patienceMs } = listening;
  const ask = async (signal: AbortSignal): Promise<ProbeAnswer> => {
    const isListening = await listens(listening, patienceMs, clock, signal);
    const said = isListening ? await listening.sooner?.(signal) : undefined;
    if (said !== undefined) return { verdict: "yes", reason: said };
    const begunAt = clock.now();
    // A check that outran its limit cannot be stopped over the API: wait for it and take its answer.
    running ??= runCheck(api, container, check, signal).finally(() => {
      running = undefined;
    });
    const limit = AbortSignal.timeout(check.timeoutMs);
    const late = new Promise<ProbeAnswer>((resolve) => {
      limit.onabort = () => resolve(no(`no answer in ${check.timeoutMs / 1000} s`));
    });
    const answer = await Promise.race([running, late]);
    patienceMs = Math.min(clock.now() - begunAt, listening.patienceMs);
    return answer;
  };
  return { label: check.command.join(" "), ask, ...checkPauses(check) };
}

/** How long a check that failed rests, in milliseconds: long where the engine asks soon itself, because its answer is heard as well. */
export function checkPauses({ startIntervalMs }: ContainerHealthCheck): Pick<Probe, "firstPauseMs" | "lastPauseMs"> {
  if (startIntervalMs === undefined || startIntervalMs > engineAsksSoonMs)
    return { firstPauseMs: 50, lastPauseMs: 1_000 };
  return { firstPauseMs: besideEnginePauseMs, lastPauseMs: besideEnginePauseMs };
}

/** Resolves when the container listens, when that cannot be seen, or when patience is at its end. Whether it was seen to listen. */
async function listens({ isOpen }: Listening, patienceMs: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const end = clock.now() + patienceMs;
  for (;;) {
    const isListening = await isOpen();
    if (isListening !== false || clock.now() >= end) return isListening === true;
    await clock.sleep(listenPauseMs, signal);
  }
}

async function runCheck(
  api: EngineApi,
  container: Container,
  check: ContainerHealthCheck,
  signal: AbortSignal,
): Promise<ProbeAnswer> {
  try {
    const { exitCode, output } = await api.run(container.id, check.command, signal);
    if (exitCode === 0) return { verdict: "yes", reason: "health check passed" };
    const said = framedText(output).trim().split("\n").at(-1)?.slice(0, 200);
    return no(said || `exit ${exitCode}`);
  } catch (error) {
    signal.throwIfAborted();
    return no(error instanceof Error ? error.message : String(error));
  }
}

function no(said: string): ProbeAnswer {
  return { verdict: "no", reason: `health check: ${said}` };
}
