import { Cron } from "croner";
import { z } from "zod";
import { type BackupSettings, defaultBackup } from "./backup.ts";

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const count = z.int().min(0).max(10_000).optional();

const fields = z.strictObject({
  to: z
    .string()
    .regex(
      /^(?!s3:)[^\s:][^:]*$|^s3:\/\/[a-z\d][a-z\d.-]{1,61}[a-z\d](?:\/.*)?$/,
      "Must be a folder, or s3://bucket/prefix",
    )
    .optional(),
  every: z
    .string()
    .regex(/^[1-9]\d{0,4}[mhdw]$/, 'Must be a time such as "30m", "4h", "1d" or "1w"')
    .optional(),
  schedule: z.string().optional(),
  keep: z.strictObject({ hourly: count, daily: count, weekly: count, monthly: count, yearly: count }).prefault({}),
  encrypt: z
    .strictObject({
      // Bech32 in lower case (age specification, X25519 recipients; those after quantum computers begin the same).
      recipients: z
        .array(z.string().regex(/^age1[a-z\d]{8,}$/, "Must be a public key of age: age1..."))
        .min(1, "Must name a recipient"),
      identity: z.string().min(1).optional(),
    })
    .optional(),
});

/** What `backup` may be, and what it means. */
export const backupSchema: z.ZodType<BackupSettings> = fields
  .superRefine(({ every, schedule }, context) => {
    if (every !== undefined && schedule !== undefined)
      context.addIssue({ code: "custom", path: ["schedule"], message: "Stands beside `every`: say one of them" });
    const problem = schedule === undefined ? undefined : cronProblem(schedule);
    if (problem !== undefined) context.addIssue({ code: "custom", path: ["schedule"], message: problem });
  })
  .transform(
    ({ to, every, schedule, keep, encrypt }): BackupSettings => ({
      to,
      everyMs: every === undefined ? undefined : Number.parseInt(every, 10) * (unitMs[every.slice(-1)] ?? 0),
      schedule,
      keep: Object.fromEntries(Object.entries(keep).filter(([, value]) => value !== undefined)),
      recipients: encrypt?.recipients ?? [],
      identity: encrypt?.identity,
    }),
  )
  .default(defaultBackup);

function cronProblem(pattern: string): string | undefined {
  try {
    const next = new Cron(pattern, { paused: true }).nextRun();
    return next ? undefined : "Never comes";
  } catch (error) {
    const words = error instanceof Error ? error.message.replace(/^CronPattern: /, "") : String(error);
    return `Is no time as cron writes it ("0 3 * * *" is three at night): ${words}`;
  }
}
