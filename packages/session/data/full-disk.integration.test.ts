import { DevError } from "@drydock/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeSession, openFakeSession, shopCompose, upRequest } from "../fixtures/fake-session.ts";
import { up } from "../up.ts";
import { fullDisk, orFullDisk } from "./full-disk.ts";

describe("a full disk", () => {
  let fake: FakeSession;
  const free = (folder: string) => expect.stringMatching(new RegExp(`^\\d+\\.\\d [MG]B are free now at ${folder}\\.$`));

  beforeEach(async () => {
    fake = await openFakeSession(shopCompose);
    await up(fake.session, upRequest(fake.source), () => undefined, new AbortController().signal);
  });

  afterEach(() => fake.close());

  it("is known by what the file system, a server or a cause says, and told with what is needed and free", async () => {
    const { directory } = fake.folder;
    const errors = [
      new Error("ENOSPC: no space left on device, write"),
      new DevError("NOT_READY", "mongo did not become ready.", { evidence: ["The disk of /data is full."] }),
      new Error("it failed", { cause: new Error("write: Disk quota exceeded") }),
    ];
    for (const error of errors)
      expect(
        await fullDisk(fake.session, error, { since: 0, folder: `${directory}/not/there`, bytes: 2_345_678 }),
      ).toEqual(["About 2.3 MB were to be written.", free(`${directory}/not/there`)]);
  });

  it("is read in the log of a server that only says that it could not write, from when it was asked", async () => {
    fake.engine.log("mongo", "42:C 30 Nov Write error saving DB on disk: No space left on device", 1_000);
    const error = new Error("The Redis server could not write its RDB file: its log says why.");
    const writing = { folder: undefined, bytes: undefined };
    expect(await fullDisk(fake.session, error, { since: 900, ...writing })).toEqual([
      "mongo: 42:C 30 Nov Write error saving DB on disk: No space left on device",
    ]);
    expect(await fullDisk(fake.session, error, { since: 5_000, ...writing })).toBeUndefined();
  });

  it("is what a server that does not start on it fails with", async () => {
    const { directory } = fake.folder;
    await expect(orFullDisk(new Error("ENOSPC: no space left on device, write"), directory)).rejects.toMatchObject({
      code: "DISK_FULL",
      message: `The disk of ${directory} is full.`,
      evidence: ["ENOSPC: no space left on device, write", free(directory)],
    });
    const other = new Error("EADDRINUSE");
    await expect(orFullDisk(other, directory)).rejects.toBe(other);
  });

  it("is told by a notice when it refuses lines of the log", async () => {
    const { logs } = fake.session;
    fake.engine.log("no/such/folder", "lost");
    await logs.flush();
    expect(fake.events.findLast((event) => event.kind === "notice")).toMatchObject({
      level: "warning",
      message: expect.stringContaining(`What services say cannot be stored in ${fake.folder.logs}: ENOENT`),
    });
  });
});
