const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_557_600_000,
};

/** A time span: `90d`, `1h30m`, `250ms`; a year is 365.25 days. */
export type Span = `${number}${"ms" | "s" | "m" | "h" | "d" | "w" | "y"}` | (string & {});

/** A span in milliseconds. @throws RangeError when it is none */
export function spanMs(span: Span): number {
  const parts = [...span.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== span)
    throw new RangeError(`"${span}" is no time span; write "90d", "1h30m" or "250ms"`);
  return parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (units[unit] ?? 0), 0);
}
