import type { SeedOutcome } from "@drydock/databases";

/** `demo: 500 customers, 2,000 orders and 50 keys in 0.6 s`; whether it was restored, or went on from where it was interrupted. */
export function describeSeed({ dataset, steps, isContinued }: SeedOutcome, durationMs: number): string {
  const made = steps.filter(({ action }) => action !== "keep");
  const keys = made.filter(({ kind }) => kind === "keys").reduce((sum, { count }) => sum + count, 0);
  const parts = made.filter(({ kind }) => kind === "collection").map(({ count, name }) => `${grouped(count)} ${name}`);
  if (keys > 0) parts.push(keys === 1 ? "1 key" : `${grouped(keys)} keys`);
  if (made.some(({ action }) => action === "restore"))
    return `${dataset}: ${parts.join(", ")}, restored from its snapshot in ${(durationMs / 1_000).toFixed(2)} s`;
  const end = isContinued || made.some(({ action }) => action === "continue") ? ", from where it was interrupted" : "";
  return `${dataset}: ${parts.join(", ")} in ${(durationMs / 1_000).toFixed(1)} s${end}`;
}

const grouped = (count: number): string => count.toLocaleString("en");
