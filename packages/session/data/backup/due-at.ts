import { Cron } from "croner";

/** When backups are to be made: one of the two, or neither. */
export interface BackupTimes {
  readonly everyMs: number | undefined;
  /** A cron pattern, in the machine's time zone. */
  readonly schedule: string | undefined;
}

/**
 * When the next backup is due, in milliseconds since the epoch: a time that has passed was missed, and is made up for once. `lastAt`: when one was last tried;
 * undefined: never, and since `since` there is somebody to make one. Undefined: never.
 */
export function dueAt(
  { everyMs, schedule }: BackupTimes,
  lastAt: number | undefined,
  since: number,
): number | undefined {
  if (everyMs !== undefined) return lastAt === undefined ? since : lastAt + everyMs;
  if (schedule === undefined) return undefined;
  const cron = new Cron(schedule, { paused: true });
  return cron.nextRun(new Date(lastAt ?? since))?.getTime();
}
