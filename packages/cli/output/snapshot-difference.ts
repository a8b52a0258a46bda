import type { SnapshotDifference } from "@drydock/session";
import type { Paint } from "./paint.ts";

type Group = SnapshotDifference["parts"][number]["groups"][number];

/** What two copies of the data have different, for people: counts, indexes and a few samples. */
export function differenceText({ from, to, parts }: SnapshotDifference, paint: Paint): string {
  const changed = parts.filter(({ groups }) => groups.length > 0);
  if (changed.length === 0) return `${from} and ${to} have the same data.\n`;
  const texts = changed.map(
    ({ service, groups }) => `${paint("bold", service)}\n${groups.map((group) => groupText(group, paint)).join("")}`,
  );
  return `${from} -> ${to}\n${texts.join("")}`;
}

function groupText(
  { name, added, removed, changed, samples, addedIndexes, removedIndexes }: Group,
  paint: Paint,
): string {
  const counts = [
    [added, "added"],
    [removed, "removed"],
    [changed, "changed"],
  ] as const;
  const words = counts.flatMap(([count, word]) => (count > 0 ? [`${count.toLocaleString("en")} ${word}`] : []));
  const lines = [
    ...addedIndexes.map((index) => paint("green", `+ index ${index}`)),
    ...removedIndexes.map((index) => paint("red", `- index ${index}`)),
    ...samples.map(({ kind, key, before, after }) => {
      if (kind === "added") return paint("green", `+ ${key}  ${after ?? ""}`);
      if (kind === "removed") return paint("red", `- ${key}  ${before ?? ""}`);
      return paint("yellow", `~ ${key}  ${before ?? ""}  ->  ${after ?? ""}`);
    }),
  ];
  return `${`  ${name}  ${words.join(", ")}`.trimEnd()}\n${lines.map((line) => `    ${line}\n`).join("")}`;
}
