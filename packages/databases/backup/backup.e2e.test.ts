import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { type DevStack, startStack } from "../snapshot/testing/dev-stack.ts";
import { fillServers, hashOf, spoil } from "../snapshot/testing/every-type.ts";

let stack: DevStack | undefined;
afterEach(() => stack?.remove());

it("backs up, verifies and restores the embedded servers, and refuses what cannot be used (the full tests do it on all kinds)", async () => {
  stack = await startStack("embedded");
  const { mongoUri, redisUri, directory } = stack;
  const place = join(directory, "backups");
  const backup = (...words: readonly string[]) => stack?.dev("backup", ...words, "--to", place) ?? Promise.resolve("");
  await fillServers(mongoUri, redisUri, 50);
  const before = await hashOf(mongoUri, redisUri);
  expect(await backup("run")).toMatch(/^Backed up \S+ in \S+ s: \S+ KB, in \S+\n {2}mongo {2}50 documents\n/);
  expect(await backup("verify")).toContain("restored into embedded MongoDB, embedded Redis, and the same in counts");
  await spoil(mongoUri, redisUri);
  await expect(backup("restore", "--latest")).rejects.toThrow("Nothing was changed.");
  await backup("restore", "--latest", "--yes", "--no-snapshot");
  expect(await hashOf(mongoUri, redisUri)).toBe(before);
  expect(await backup("list")).toMatch(/50 documents, 8 keys {2}verified \d{4}-/);

  const newer = "20991231T000000Z-newer";
  await mkdir(join(place, newer));
  await writeFile(join(place, newer, "manifest.json"), '{"format":2}');
  await expect(backup("restore", newer, "--yes")).rejects.toThrow("a newer drydock made it");
  expect(await backup("prune", "--dry-run")).toContain("stays  the newest, the last that was verified");
  expect(await hashOf(mongoUri, redisUri)).toBe(before);
});
