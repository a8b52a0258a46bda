import type { Container, ContainerHealthCheck } from "../container.ts";
import { framedText } from "../demux.ts";
import type { EngineApi } from "../engine-api.ts";
import type { Probe, ProbeAnswer } from "./probe.ts";

/**
 * Runs the service's own health check, as the engine does it: the container's user and environment, its time limit, healthy
 * at exit 0. Asks at once and often at first, because the engine waits a whole interval; never twice at the same time.
 */
export function execProbe(api: EngineApi, container: Container, check: ContainerHealthCheck): Probe {
  let running: Promise<ProbeAnswer> | undefined;
  const ask = async (signal: AbortSignal): Promise<ProbeAnswer> => {
    // A check that outran its limit cannot be stopped over the API: wait for it and take its answer.
    running ??= runCheck(api, container, check, signal).finally(() => {
      running = undefined;
    });
    const limit = AbortSignal.timeout(check.timeoutMs);
    const late = new Promise<ProbeAnswer>((resolve) => {
      limit.onabort = () => resolve(no(`no answer in ${check.timeoutMs / 1000} s`));
    });
    return Promise.race([running, late]);
  };
  return { label: check.command.join(" "), ask, firstPauseMs: 50, lastPauseMs: 1_000 };
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
