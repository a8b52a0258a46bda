import type { HealthCheck, HostPort } from "@drydock/core";
import { execForm, splitWords } from "./dockerfile.ts";
import { findProgram } from "./find-program.ts";
import { commandProbe } from "./probes/command-probe.ts";
import { httpProbe, plainHttpCheck } from "./probes/http-probe.ts";
import type { Probe } from "./probes/probe.ts";
import { tcpProbe } from "./probes/tcp-probe.ts";
import type { HealthPlan } from "./watch-health.ts";

/** What a health check may use: the rewritten text's surroundings. */
export interface HealthContext {
  readonly check: HealthCheck | undefined;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The first address of the instance. */
  readonly address: HostPort | undefined;
  /** Asked in place of the service's own check: the server of a provider. */
  readonly serverProbe?: Probe;
}

/** A plan, and what the person should know of it. */
export interface PlannedHealth {
  readonly health: HealthPlan;
  readonly notice?: string;
}

const serverIntervalMs = 10_000;
// Without a check of its own, a service may take this long to open its port: a bundler on a slow machine does.
const portPatienceMs = 120_000;
// A slow machine must not fail what a fast one passes: never less than this, whatever retries and interval say.
const leastPatienceMs = 15_000;

/**
 * Chooses how readiness is seen: the server's own protocol; the service's health check; else a connection to its port; else
 * that it runs for a second.
 */
export async function planHealth(context: HealthContext): Promise<PlannedHealth> {
  const { check, address, serverProbe } = context;
  const gate = address && tcpProbe(address);
  const gated = gate ? { gate } : {};
  const timing = {
    intervalMs: check?.intervalMs ?? serverIntervalMs,
    timeoutMs: check?.timeoutMs ?? serverIntervalMs,
    retries: check?.retries ?? 3,
    patienceMs: check
      ? Math.max(check.startPeriodMs + check.retries * check.intervalMs, leastPatienceMs)
      : portPatienceMs,
  };
  if (serverProbe) return { health: { ...timing, ...gated, probe: serverProbe, intervalMs: serverIntervalMs } };
  if (!check) return { health: { ...timing, ...(gate ? { probe: gate } : {}) } };
  const words = check.test.slice(1);
  const url = plainHttpCheck(check.test[0] === "CMD" ? words : simpleWords(words.join(" ")));
  if (url) return { health: { ...timing, probe: httpProbe(url) } };
  const command = check.test[0] === "CMD" ? words : ["/bin/sh", "-c", words.join(" ")];
  const needed = check.test[0] === "CMD" ? words[0] : firstProgram(words.join(" "));
  if (needed === undefined || (await findProgram(needed, context.environment, context.directory))) {
    return {
      health: {
        ...timing,
        ...gated,
        probe: commandProbe(command, context.directory, context.environment),
        isCostly: true,
      },
    };
  }
  const notice = `its health check needs ${needed}, which is not on this machine; ${gate ? "a connection to its port" : "a second of running"} counts instead`;
  return { health: { ...timing, ...(gate ? { probe: gate } : {}) }, notice };
}

/** HEALTHCHECK of a Dockerfile (Dockerfile reference, HEALTHCHECK: the defaults are 30 s, 30 s, 0 s and 3). */
export function parseHealthCheck(text: string): HealthCheck | undefined {
  const at = text.search(/\bCMD\b/);
  if (at < 0) return undefined;
  const options = new Map([...text.slice(0, at).matchAll(/--([\w-]+)=(\S+)/g)].map((match) => [match[1], match[2]]));
  const command = text.slice(at + 3).trim();
  const words = execForm(command);
  return {
    test: words ? ["CMD", ...words] : ["CMD-SHELL", command],
    intervalMs: durationMs(options.get("interval")) ?? 30_000,
    timeoutMs: durationMs(options.get("timeout")) ?? 30_000,
    startPeriodMs: durationMs(options.get("start-period")) ?? 0,
    retries: Number(options.get("retries") ?? 3),
  };
}

/** The words of `curl -f URL || exit 1`; nothing where the shell does more. */
function simpleWords(script: string): readonly string[] {
  const line = script
    .trim()
    .replace(/\s*\|\|\s*exit\s+\d+\s*;?$/, "")
    .replace(/\s*>\s*\/dev\/null(?:\s+2>&1)?$/, "");
  return /[|&;<>`$()\n]/.test(line) ? [] : splitWords(line);
}

/** The program that a script begins with, where that is plain. */
function firstProgram(script: string): string | undefined {
  const [word] = splitWords(script);
  const isBuiltIn =
    word === undefined ||
    /^(?:\[|\[\[|test|if|for|while|case|exit|true|false|echo|cd|exec|!|\(|\{|.*=.*|.*\$.*)$/.test(word);
  return isBuiltIn ? undefined : word;
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function durationMs(text: string | undefined): number | undefined {
  const parts = [...(text ?? "").matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  return parts.length === 0
    ? undefined
    : parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitMs[unit ?? ""] ?? 0), 0);
}
