import { eventually } from "@drydock/testing";
import { afterEach, describe, expect, it } from "vitest";
import { processesLeft } from "./fixtures/machine.ts";
import { Checkouts, compose, server } from "./fixtures/web-service.ts";

// It would be waited for until its start period is over.
const neverHealthy = `${compose}  never:
    image: node:24-slim
    x-dev: { run: node server.js }
    environment: { PORT: "0" }
    healthcheck: { test: "exit 1", interval: 1s, start_period: 600s }
`;

describe("dev down, while dev up still waits for a service", () => {
  const checkouts = new Checkouts();

  afterEach(() => checkouts.removeAll());

  it("does not wait with it: the stack goes, and up says why it ended", async () => {
    const checkout = await checkouts.of({ "compose.yaml": neverHealthy, "server.js": server });
    const up = checkout.start("up", "--detach");
    await eventually(async () => (await checkout.status()).services[0]?.state === "ready", 20_000);
    expect((await checkout.devOk("down")).stdout).toMatch(/^Down in .*2 services stopped/);
    expect(await up.exitCode).toBe(1);
    expect(up.output).toContain("The stack was taken down while it came up");
    expect(await processesLeft(checkout.directory)).toEqual([]);
  });

  it("twice at once, is done twice", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose, "server.js": server });
    await checkout.devOk("up", "--detach");
    const both = await Promise.all([checkout.dev("down"), checkout.dev("down")]);
    expect(both.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
      Array(2).fill({ exitCode: 0, stderr: "" }),
    );
    expect(await processesLeft(checkout.directory)).toEqual([]);
  });
});
