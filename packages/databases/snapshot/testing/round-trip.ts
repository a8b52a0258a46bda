import { expect } from "vitest";
import type { DevStack } from "./dev-stack.ts";
import { fillServers, hashOf, spoil } from "./every-type.ts";

/** Saves, changes, restores and branches the data of a stack, and compares all of it by a hash each time. */
export async function roundTrip(stack: DevStack, documents: number): Promise<void> {
  const { mongoUri, redisUri, dev } = stack;
  const hash = () => hashOf(mongoUri, redisUri);
  await fillServers(mongoUri, redisUri, documents);
  const before = await hash();
  await dev("snapshot", "save", "full");
  expect(await hash(), "a save changes nothing").toBe(before);
  await spoil(mongoUri, redisUri);
  const spoiled = await hash();
  expect(spoiled).not.toBe(before);
  const difference = await dev("snapshot", "diff", "full");
  expect(difference).toContain("shop.shape0  1 removed");
  expect(difference).toContain("- index text_1_int_1");
  expect(difference).toContain("database 0  1 added, 1 removed, 1 changed");
  await dev("snapshot", "restore", "full");
  expect(await hash(), "restored").toBe(before);
  expect(await dev("snapshot", "diff", "full")).toBe("full and now have the same data.\n");
  await dev("branch", "experiment");
  expect(await hash(), "a new branch has the data").toBe(before);
  await spoil(mongoUri, redisUri);
  await dev("branch", "-");
  expect(await hash(), "the branch before is as it was").toBe(before);
  await dev("branch", "experiment");
  expect(await hash(), "the new branch kept its own").toBe(spoiled);
  await dev("down");
  await dev("snapshot", "restore", "--latest");
  await dev("up", "--detach");
  expect(await hash(), "restored while nothing ran").toBe(before);
}
