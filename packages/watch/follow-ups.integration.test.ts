import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FileChange } from "./file-change.ts";
import { FollowUps } from "./follow-ups.ts";
import type { Edit } from "./plan-edits.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-follow-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const types = { paths: ["schema/**/*.json"], after: [{ run: "npm run types", service: undefined }], cascade: [] };
const changed = (name: string): FileChange => ({ path: join(folder, name), kind: "written" });

test("a rule means its paths, or what its service follows", () => {
  const rules = new FollowUps(folder, [
    { name: "types", ...types },
    { name: "api", paths: undefined, after: [], cascade: ["worker"] },
  ]);
  const api: Edit = { service: "api", kind: "restart", files: [], commands: [], changes: [changed("api/server.js")] };
  const names = (edits: readonly Edit[], ...changes: readonly FileChange[]) =>
    rules.plan(edits, changes).map(({ rule }) => rule.name);
  expect(names([], changed("schema/a/order.json"))).toEqual(["types"]);
  expect(names([], changed("schema/order.ts"), changed("other.json"))).toEqual([]);
  expect(names([api], changed("api/server.js"))).toEqual(["api"]);
  expect(rules.roots).toEqual([join(folder, "schema")]);
  expect([rules.isWatched(join(folder, "schema/b.json")), rules.isWatched(join(folder, "schema/b.ts"))]).toEqual([
    true,
    false,
  ]);
  expect([rules.isOnTheWay(join(folder, "schema/sub")), rules.isOnTheWay(join(folder, "api"))]).toEqual([true, false]);
});

test("the same content asks for commands once", async () => {
  const rules = new FollowUps(folder, [{ name: "types", ...types, paths: ["*.json"] }]);
  const isDue = () => rules.plan([], [changed("a.json")]).map((each) => each.isDue);
  await writeFile(join(folder, "a.json"), "1");
  expect(isDue()).toEqual([true]);
  rules.ran(rules.plan([], [changed("a.json")]));
  // A batch that was overtaken restarts those who depend on it, and does not run the commands again.
  expect(isDue()).toEqual([false]);
  rules.applied(rules.plan([], [changed("a.json")]));
  expect(isDue()).toEqual([]);
  await writeFile(join(folder, "a.json"), "2");
  expect(isDue()).toEqual([true]);
});

test("what is saved while a command runs asks for it again; a command that never writes the same comes to an end", async () => {
  const rules = new FollowUps(folder, [{ name: "types", ...types, paths: ["*.json"] }]);
  const plan = () => rules.plan([], [changed("a.json")]);
  await writeFile(join(folder, "a.json"), "one");
  const first = plan();
  await writeFile(join(folder, "a.json"), "saved meanwhile");
  rules.ran(first);
  const second = plan();
  expect(second.map(({ isDue }) => isDue)).toEqual([true]);
  rules.ran(second);
  expect(plan().map(({ isDue }) => isDue)).toEqual([false]);

  let runs = 0;
  for (let planned = plan(), content = 0; content < 10; planned = plan(), content++) {
    if (content > 0 && planned.every(({ isDue }) => !isDue)) break;
    await writeFile(join(folder, "a.json"), `${content}`);
    rules.ran(planned);
    runs++;
  }
  expect(runs).toBe(3);
});
