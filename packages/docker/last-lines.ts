import type { Container } from "./container.ts";
import type { EngineApi } from "./engine-api.ts";
import { LogLineReader } from "./log-lines.ts";

/** The end of a container's log, oldest first; empty where it cannot be read. */
export async function lastLines(
  api: EngineApi,
  container: Container,
  count: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    const reader = new LogLineReader(container.hasTerminal);
    const whole = reader.push(await api.readLogEnd(container.id, count, signal));
    return [...whole, ...reader.end()].map(({ text }) => text).slice(-count);
  } catch {
    signal.throwIfAborted();
    return [];
  }
}
