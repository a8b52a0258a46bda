import type { ValueBase } from "../keyspace/value-base.ts";

// New values begin here and do not fall below it by age alone to be evicted first (evict.c: LFU_INIT_VAL).
const initial = 5;

/** How Redis's LFU counts: `lfu-log-factor` and `lfu-decay-time`, in minutes. */
export interface FrequencySettings {
  readonly logFactor: number;
  readonly decayMinutes: number;
}

/**
 * Counts an access: the counter falls by one each `decayMinutes` without access, then rises by one, the less likely the higher it is
 * (evict.c, LFULogIncr and LFUDecrAndReturn). `random` is [0, 1), `now` Unix time in milliseconds.
 */
export function countAccess(value: ValueBase, settings: FrequencySettings, now: number, random: number): void {
  const { logFactor, decayMinutes } = settings;
  const idleMinutes = Math.floor((now - value.accessedAt) / 60_000);
  const decayed = decayMinutes > 0 ? value.frequency - Math.floor(idleMinutes / decayMinutes) : value.frequency;
  const counter = Math.max(0, decayed);
  const isCounted = random < 1 / (Math.max(0, counter - initial) * logFactor + 1);
  value.frequency = isCounted ? Math.min(255, counter + 1) : counter;
}
