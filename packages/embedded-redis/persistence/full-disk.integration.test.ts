import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startRedis } from "../start-redis.ts";
import { RawClient } from "../testing/raw-client.ts";

const mayMount =
  process.platform === "linux" && spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

describe.skipIf(!mayMount)(
  `A full disk (${mayMount ? "a small file system of its own" : "needs the right to mount"})`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), "redis-full-"));
    beforeAll(() => {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", folder]);
    });
    afterAll(() => {
      execFileSync("umount", ["-l", folder]);
      rmSync(folder, { recursive: true, force: true });
    });

    for (const appendfsync of ["always", "everysec"]) {
      test(`gives errors to who writes, answers who reads, and loses nothing acknowledged (${appendfsync})`, async () => {
        const options = { dataDirectory: join(folder, appendfsync), settings: { appendfsync } };
        const ballast = join(folder, "ballast");
        writeFileSync(ballast, Buffer.alloc(200_000));
        const server = await startRedis(options);
        const client = await RawClient.connect(server.port);
        const acknowledged: string[] = [];
        let refusal: unknown;
        for (let i = 0; refusal === undefined; i++) {
          const reply = await client.call("SET", `key:${i}`, "x".repeat(10_000));
          if (JSON.stringify(reply) === '{"simple":"OK"}') acknowledged.push(`key:${i}`);
          else refusal = reply;
        }
        const misconf = { error: expect.stringMatching(/^MISCONF Errors writing to the AOF file: ENOSPC/) };
        expect(refusal).toEqual(misconf);
        expect(await client.call("SET", "another", 1)).toEqual(misconf);
        expect(await client.call("EXISTS", "key:0")).toBe(1);
        expect(await client.call("SAVE")).toEqual({ error: expect.stringContaining("ENOSPC") });
        rmSync(ballast);
        await eventually(async () => JSON.stringify(await client.call("SET", "after", 1)) === '{"simple":"OK"}');
        client.close();
        await server.stop();
        const again = await startRedis(options);
        const reader = await RawClient.connect(again.port);
        expect(await reader.call("EXISTS", ...acknowledged, "after")).toBe(acknowledged.length + 1);
        reader.close();
        await again.stop();
        rmSync(options.dataDirectory, { recursive: true });
      });
    }

    test("a disk that is read-only is refused with the system's reason, and its data are there when it is not", async () => {
      const options = { dataDirectory: join(folder, "kept") };
      const server = await startRedis(options);
      const client = await RawClient.connect(server.port);
      await client.call("SET", "key", "value");
      client.close();
      await server.stop();
      execFileSync("mount", ["-o", "remount,ro", folder]);
      try {
        const reason = {
          code: "REDIS_FOLDER_UNUSABLE",
          message: expect.stringContaining("EROFS: read-only file system"),
        };
        await expect(startRedis(options)).rejects.toMatchObject(reason);
        await expect(startRedis({ dataDirectory: join(folder, "new") })).rejects.toMatchObject(reason);
      } finally {
        execFileSync("mount", ["-o", "remount,rw", folder]);
      }
      const again = await startRedis(options);
      const reader = await RawClient.connect(again.port);
      expect(String(await reader.call("GET", "key"))).toBe("value");
      reader.close();
      await again.stop();
    });
  },
);
