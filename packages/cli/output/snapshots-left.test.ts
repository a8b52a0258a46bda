import { expect, test } from "vitest";
import { snapshotsLeft } from "./snapshots-left.ts";

const snapshot = { version: 1, createdAt: "", tookMs: 0, engine: "local", bytes: 0, parts: [] } as const;
const saved = { ...snapshot, id: "before" };
const kept = { ...snapshot, id: "seed-demo-1a2b3c", dataset: "demo", key: "k" };

test("what is left of a project without its data says what a person saved, what a seeding kept, and how that goes", () => {
  expect(snapshotsLeft([])).toBe("");
  expect(snapshotsLeft([saved])).toBe(" but 1 snapshot (dev snapshot list)");
  expect(snapshotsLeft([saved, { ...saved, id: "b" }, kept])).toBe(
    " but 2 snapshots, and the kept seeding of demo (dev snapshot list)",
  );
  expect(snapshotsLeft([kept])).toBe(
    " but the kept seeding of demo, which seeds new databases again at once (`dev snapshot rm seed-demo-1a2b3c` removes it)",
  );
  expect(snapshotsLeft([kept, { ...kept, id: "seed-demo-4d5e6f" }])).toBe(
    " but 2 kept seedings of demo, which seed new databases again at once (`dev snapshot rm seed-demo-1a2b3c seed-demo-4d5e6f` removes them)",
  );
});
