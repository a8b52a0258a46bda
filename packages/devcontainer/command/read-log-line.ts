import { stripVTControlCharacters } from "node:util";
import type { ContainerEvent } from "./container-event.ts";

/** What one line of the CLI's log means: text for a person, text that only an error needs, a step, or nothing. */
export type LogLine =
  | { readonly kind: "event"; readonly event: ContainerEvent }
  | { readonly kind: "output" | "evidence"; readonly text: string };

// Its levels (devcontainers/cli, src/spec-utils/log.ts): 1 trace, 2 debug, 3 info, 4 warning, 5 error.
const info = 3;
const failure = 5;

/**
 * Reads a line of `--log-format json`; undefined for what nobody needs to see. Levels below info hold the container's whole environment, secrets
 * too: they are dropped here, and kept nowhere.
 */
export function readLogLine(line: string): LogLine | undefined {
  const entry = parse(line);
  const text = typeof entry?.text === "string" ? stripVTControlCharacters(entry.text) : "";
  if (entry?.type === "progress") return readStep(entry);
  if (entry?.type === "raw" && Number(entry.level) >= info) return { kind: "output", text };
  if (entry?.type === "text" && Number(entry.level) >= failure) return { kind: "evidence", text };
  return undefined;
}

const phases = new Map([
  ["running", "started"],
  ["succeeded", "done"],
  ["failed", "failed"],
] as const);

function readStep({ name, status, stepDetail }: Readonly<Record<string, unknown>>): LogLine | undefined {
  const step = /^Running (\w+)\.\.\.$/.exec(String(name))?.[1];
  const phase = phases.get(status as "running");
  if (step === undefined || phase === undefined) return undefined;
  const detail = typeof stepDetail === "string" ? { detail: stepDetail } : {};
  return { kind: "event", event: { kind: "step", name: step, ...detail, phase } };
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
