import type { SeedOutcome } from "@drydock/databases";

/** `seeded demo: 500 customers, 2,000 orders in 0.6 s` */
export function describeSeed({ dataset, steps }: SeedOutcome, durationMs: number): string {
  const made = steps.filter(({ action }) => action !== "keep");
  const parts = made.map(({ count, name }) => `${count.toLocaleString("en")} ${name}`);
  const isGoingOn = made.some(({ action }) => action === "continue");
  return `${isGoingOn ? "went on seeding" : "seeded"} ${dataset}: ${parts.join(", ")} in ${(durationMs / 1_000).toFixed(1)} s`;
}
