import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { processesLeft } from "./fixtures/machine.ts";
import { Checkouts, compose, server } from "./fixtures/web-service.ts";

describe("dev, where the Compose file went while the stack runs", () => {
  const checkouts = new Checkouts();

  afterEach(() => checkouts.removeAll());

  it("shows the stack and its log, says what is missing, and takes it down", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose, "server.js": server });
    await checkout.devOk("up", "--detach", "--no-watch");
    await rm(join(checkout.directory, "compose.yaml"));
    expect((await checkout.status()).services[0]?.state).toBe("ready");
    expect((await checkout.devOk("logs")).stdout).toContain("listening");
    const again = await checkout.dev("up", "--detach");
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringMatching(/^There is no Compose file in /)]);
    expect((await checkout.devOk("down")).stdout).toMatch(/^Down in /);
    expect(await processesLeft(checkout.directory)).toEqual([]);
    expect((await checkout.dev("down")).stderr).toMatch(/^There is no Compose file in /);
  });

  it("shows the log of a running stack whose file is wrong now", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose, "server.js": server });
    await checkout.devOk("up", "--detach", "--no-watch");
    await writeFile(join(checkout.directory, "compose.yaml"), "services: [\n");
    expect((await checkout.devOk("logs", "web")).stdout).toContain("listening");
    expect((await checkout.dev("logs", "other")).exitCode).toBe(2);
    expect((await checkout.devOk("down")).stdout).toMatch(/^Down in /);
  });
});
