import type { Client } from "./client.ts";
import type { Configuration } from "./configuration.ts";

/** A command that took long. */
export interface SlowCommand {
  readonly id: number;
  readonly atMs: number;
  readonly tookUs: number;
  readonly args: readonly string[];
  readonly address: string;
  readonly clientName: string;
}

// SLOWLOG keeps 32 arguments of 128 bytes (slowlog.h).
const maxArguments = 32;
const maxArgumentLength = 128;

/** The slowest commands of late, the newest first. */
export class SlowLog {
  readonly #configuration: Configuration;
  #entries: SlowCommand[] = [];
  #nextId = 0;

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
  }

  get entries(): readonly SlowCommand[] {
    return this.#entries;
  }

  /** Keeps the command if it took longer than `slowlog-log-slower-than` microseconds. */
  offer(args: readonly string[], tookUs: number, client: Client, atMs: number): void {
    const threshold = this.#configuration.slowLogThresholdUs;
    if (threshold < 0 || tookUs < threshold) return;
    const { address, name: clientName } = client;
    const entry = { id: this.#nextId++, atMs, tookUs: Math.round(tookUs), args: shorten(args), address, clientName };
    this.#entries.unshift(entry);
    this.#entries.length = Math.min(this.#entries.length, this.#configuration.number("slowlog-max-len"));
  }

  reset(): void {
    this.#entries = [];
  }
}

function shorten(args: readonly string[]): readonly string[] {
  const kept = args.length > maxArguments ? args.slice(0, maxArguments - 1) : args;
  const shown = kept.map((arg) =>
    arg.length <= maxArgumentLength
      ? arg
      : `${arg.slice(0, maxArgumentLength)}... (${arg.length - maxArgumentLength} more bytes)`,
  );
  if (kept.length < args.length) shown.push(`... (${args.length - maxArguments + 1} more arguments)`);
  return shown;
}
