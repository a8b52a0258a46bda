import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { dataCompose, openDataSession, putData, readData, sideFolders } from "../../fixtures/data-session.ts";
import { upRequest } from "../../fixtures/fake-session.ts";
import type { Session } from "../../session.ts";
import { up } from "../../up.ts";
import { snapshot } from "../snapshot/snapshot.ts";
import { BranchFollower } from "./follower.ts";

let directory: string;
let session: Session;
let follower: BranchFollower;
const git = (...words: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...words], { cwd: directory, stdio: "ignore" });

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "drydock-follow-"));
  await writeFile(join(directory, "compose.yaml"), dataCompose);
  await writeFile(join(directory, "dev.config.mjs"), 'export default { data: { follow: "git" } };\n');
  await writeFile(join(directory, ".gitignore"), ".dev\n");
  git("init", "-b", "main");
  git("add", ".");
  git("commit", "-m", "first");
  ({ session } = await openDataSession(directory));
  follower = new BranchFollower(session);
  await follower.update();
  putData(directory, "main");
});

afterEach(async () => {
  follower.stop();
  await session.close();
  await rm(directory, { recursive: true });
});

it("the data follows the git branch: a copy at first, the branch's own afterwards", async () => {
  git("switch", "-c", "feature");
  await eventually(() => sideFolders(directory).includes("redis/branch-main"));
  await eventually(async () => (await branches()).current === "feature");
  expect(readData(directory)).toBe("main main");
  putData(directory, "feature");
  git("switch", "main");
  await eventually(async () => (await branches()).current === "main");
  expect(readData(directory)).toBe("main main");
  git("switch", "feature");
  await eventually(() => readData(directory) === "feature feature");
  await eventually(async () => (await branches()).current === "feature");
});

it("a detached head changes nothing, and `up` follows what happened while nobody watched", async () => {
  git("switch", "-c", "feature");
  await eventually(async () => (await branches()).current === "feature");
  putData(directory, "feature");
  git("switch", "--detach");
  follower.stop();
  git("switch", "main");
  expect(readData(directory)).toBe("feature feature");
  const source = { directory, files: [], envFiles: [], profiles: [], variables: {} };
  await up(session, upRequest(source), () => undefined, new AbortController().signal);
  expect(readData(directory)).toBe("main main");
});

it("prune removes the copies whose git branch is gone", async () => {
  git("switch", "-c", "feature");
  await eventually(async () => (await branches()).current === "feature");
  git("switch", "main");
  await eventually(async () => (await branches()).current === "main");
  git("branch", "-D", "feature");
  expect(await act("prune", { dryRun: true })).toEqual(["feature"]);
  expect(sideFolders(directory)).toEqual(["mongo/branch-feature", "redis/branch-feature"]);
  expect(await act("prune", { dryRun: false })).toEqual(["feature"]);
  expect(sideFolders(directory)).toEqual([]);
  expect(Object.keys((await branches()).branches)).toEqual(["main"]);
});

const branches = () => act("branches", {});

function act<A extends "branches" | "prune">(name: A, request: A extends "prune" ? { dryRun: boolean } : object) {
  const source = { directory, files: [], envFiles: [], profiles: [], variables: {} };
  return snapshot(session, { source, act: name, request: request as never }, new AbortController().signal);
}
