import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";

/** When an authority may be asked again, and what it said; it is remembered so that no schedule runs into the same limit again and again. */
export interface RestPeriod {
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly said: string;
}

/** The period that is written in a file; undefined when there is none, or it is over. */
export async function restPeriod(path: string, now: number): Promise<RestPeriod | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const [first = "", ...said] = text.split("\n");
  const until = Date.parse(first);
  return until > now ? { until, said: said.join(" ").trim() } : undefined;
}

/** Writes it down; undefined takes it away. */
export async function setRestPeriod(path: string, period: RestPeriod | undefined): Promise<void> {
  if (!period) return rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFileAtomic(path, `${new Date(period.until).toISOString()}\n${period.said}\n`, { mode: 0o600 });
}
