import type { Supervisor } from "@drydock/session";
import type { Paint } from "./paint.ts";

type SeedOutcome = Awaited<ReturnType<Supervisor["seed"]>>;

const words = {
  make: "make",
  continue: "go on",
  again: "begin again",
  replace: "replace",
  keep: "keep",
  restore: "restore",
} as const;

/** What is done with each collection and entry of Redis, and why: `orders  2,000  go on  it was interrupted at 1,000 of 2,000`. */
export function seedTable({ steps }: SeedOutcome, paint: Paint): string {
  const rows = steps.map(({ name, count, action, because, kind }) => ({
    name: kind === "keys" ? `${name} (Redis)` : name,
    count: count.toLocaleString("en"),
    action: words[action],
    because,
  }));
  const width = (key: "name" | "count" | "action") => Math.max(0, ...rows.map((row) => row[key].length));
  return rows
    .map(
      (row) =>
        `  ${row.name.padEnd(width("name"))}  ${row.count.padStart(width("count"))}  ${row.action.padEnd(width("action"))}  ${paint("dim", row.because)}\n`,
    )
    .join("");
}
