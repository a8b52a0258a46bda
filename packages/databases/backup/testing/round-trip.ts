import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { DevStack } from "../../snapshot/testing/dev-stack.ts";
import { fillServers, hashOf, spoil } from "../../snapshot/testing/every-type.ts";

/** What is read of `dev backup list --json`. */
interface Listed {
  readonly backups: readonly {
    readonly id: string;
    readonly verified?: { readonly ok: boolean; readonly detail: string };
    readonly manifest: { readonly databases: readonly { readonly consistency: string }[] };
  }[];
}

/** Backs up, verifies, changes and restores the data of a stack, and compares all of it by a hash each time. */
export async function backupRoundTrip(stack: DevStack, documents: number): Promise<void> {
  const { mongoUri, redisUri } = stack;
  const place = join(stack.directory, "..", `${stack.directory.split("/").at(-1)}-backups`);
  const dev = (...words: readonly string[]) => stack.dev("backup", ...words, "--to", place);
  const hash = () => hashOf(mongoUri, redisUri);
  const list = async () => (JSON.parse(await dev("list", "--json")) as Listed).backups;
  try {
    await fillServers(mongoUri, redisUri, documents);
    const before = await hash();
    await dev("run");
    expect(await hash(), "a backup changes nothing").toBe(before);
    await dev("verify");
    expect(await hash(), "nor does it to verify one").toBe(before);
    expect((await list()).map(({ verified }) => verified?.ok)).toEqual([true]);

    await spoil(mongoUri, redisUri);
    const spoiled = await hash();
    expect(spoiled).not.toBe(before);
    expect(await dev("restore", "--latest", "--dry-run")).toMatch(/shop\.shape1 +\S+ +-> /);
    await expect(dev("restore", "--latest")).rejects.toThrow(/--yes/);
    expect(await hash(), "a dry run and a question change nothing").toBe(spoiled);
    await dev("restore", "--latest", "--only", "shape3", "--yes");
    expect(await hash(), "one collection").not.toBe(spoiled);
    const said = await dev("restore", "--latest", "--yes");
    expect(await hash(), "restored").toBe(before);
    const kept = /dev snapshot restore (\S+)`/.exec(said)?.[1] ?? "";
    expect(await stack.dev("snapshot", "list")).toContain(kept);

    await spoil(mongoUri, redisUri);
    await stack.dev("down");
    await dev("restore", "--latest", "--yes", "--no-snapshot");
    await stack.dev("up", "--detach");
    expect(await hash(), "restored while nothing ran").toBe(before);

    await dev("run", "--archive");
    await spoil(mongoUri, redisUri);
    await dev("restore", "--latest", "--into", mongoUri, "--into", redisUri, "--yes");
    expect(await hash(), "restored into servers that were named, from an archive").toBe(before);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
