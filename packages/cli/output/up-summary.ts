import type { ChainLink } from "@drydock/core";
import type { UpResult } from "@drydock/session";
import { formatDuration } from "./duration.ts";
import type { Paint } from "./paint.ts";

/** The last words of `up`: how long, what it waited for, where to go on. */
export function upSummary(result: UpResult, chain: readonly ChainLink[], paint: Paint): string {
  const took = formatDuration(result.durationMs);
  const waited = chain.filter((link) => link.durationMs >= 50);
  const links = waited.map(({ name, durationMs }) => `${name} ${(durationMs / 1000).toFixed(1)}`).join(" > ");
  const head = result.changed
    ? `${paint("green", `Ready in ${took}.`)}${links ? ` It waited for ${links}.` : ""}`
    : `${paint("green", "Everything is ready already")}, looked at in ${took}.`;
  const open = result.status.url ? `  open   ${paint("cyan", result.status.url)}       (dev open)\n` : "";
  return `\n${head}\n${open}  logs   dev logs -f                       stop   dev down\n`;
}
