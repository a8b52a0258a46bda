/** How many backups are kept of each kind: of the last so many hours, days, weeks, months and years that have one, the newest of each. */
export interface KeepRules {
  readonly hourly?: number;
  readonly daily?: number;
  readonly weekly?: number;
  readonly monthly?: number;
  readonly yearly?: number;
}

/** A backup that a decision is about. */
export interface KeptBackup {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly isVerified: boolean;
}

/** Whether a backup stays, and why. */
export interface KeepDecision {
  readonly id: string;
  readonly isKept: boolean;
  readonly because: string;
}

const kinds = ["hourly", "daily", "weekly", "monthly", "yearly"] as const;
type Kind = (typeof kinds)[number];
const words: Readonly<Record<Kind, string>> = {
  hourly: "hour",
  daily: "day",
  weekly: "week",
  monthly: "month",
  yearly: "year",
};

/**
 * Decides which backups stay, as grandfather, father and son: hours, days, ISO weeks, months and years are those of the time zone (that of the machine unless
 * one is named). The newest stays always, and so does the last that was verified. Without rules all stay. The newest comes first.
 */
export function decideKeep(
  backups: readonly KeptBackup[],
  rules: KeepRules,
  timeZone?: string,
): readonly KeepDecision[] {
  const newestFirst = backups.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  const hasRules = kinds.some((kind) => rules[kind] !== undefined);
  const lastVerified = newestFirst.find(({ isVerified }) => isVerified)?.id;
  const periods = periodsIn(timeZone);
  const seen = new Map<Kind, Set<string>>(kinds.map((kind) => [kind, new Set()]));
  return newestFirst.map(({ id, at }, index) => {
    const reasons: string[] = [];
    for (const kind of kinds) {
      const had = seen.get(kind);
      const period = periods(at)[kind];
      if (!had || had.has(period) || had.size >= (rules[kind] ?? 0)) continue;
      had.add(period);
      reasons.push(`${words[kind]} ${period}`);
    }
    if (index === 0) reasons.unshift("the newest");
    if (id === lastVerified) reasons.push("the last that was verified");
    if (!hasRules) reasons.push("nothing says how many to keep");
    const because = reasons.length > 0 ? reasons.join(", ") : "a newer one stands for each of its times";
    return { id, isKept: reasons.length > 0, because };
  });
}

/** The hour, day, ISO week (ISO 8601: that of its Thursday), month and year of a time, as texts. */
function periodsIn(timeZone: string | undefined): (at: number) => Readonly<Record<Kind, string>> {
  const format = new Intl.DateTimeFormat("en-CA", {
    ...(timeZone === undefined ? {} : { timeZone }),
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  });
  return (at) => {
    const parts = new Map<string, string>(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const [year = "", month = "", day = "", hour = ""] = ["year", "month", "day", "hour"].map((type) =>
      parts.get(type),
    );
    const date = `${year}-${month}-${day}`;
    return {
      hourly: `${date} ${hour}:00`,
      daily: date,
      weekly: isoWeek(Date.UTC(Number(year), Number(month) - 1, Number(day))),
      monthly: `${year}-${month}`,
      yearly: year,
    };
  };
}

const dayMs = 86_400_000;

function isoWeek(date: number): string {
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = new Date(date + (3 - weekday) * dayMs);
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / dayMs / 7);
  return `${year}-W${String(week).padStart(2, "0")}`;
}
