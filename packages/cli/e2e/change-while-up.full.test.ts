import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterEach, describe, expect, it } from "vitest";
import type { Checkout } from "./fixtures/checkout.ts";
import { processesLeft } from "./fixtures/machine.ts";
import { Checkouts, compose, server } from "./fixtures/web-service.ts";

// It would be waited for until its start period is over.
const untilThereIsAFile = `${compose}  late:
    image: node:24-slim
    x-dev: { run: node server.js }
    environment: { PORT: "0" }
    healthcheck: { test: "test -f healthy", interval: 1s, start_period: 600s }
  after:
    image: node:24-slim
    x-dev: { run: node server.js }
    environment: { PORT: "0" }
    depends_on: { late: { condition: service_healthy } }
`;

describe("while dev up waits for a service whose health check fails", () => {
  const checkouts = new Checkouts();

  afterEach(() => checkouts.removeAll());

  it("dev restart of it is done at once, and up goes on with the new process", async () => {
    const checkout = await checkouts.of({ "compose.yaml": untilThereIsAFile, "server.js": server });
    const up = checkout.start("up", "--detach", "--no-watch");
    const before = await idWhileStarting(checkout);
    await writeFile(join(checkout.directory, "healthy"), "");
    const { stdout } = await checkout.devOk("restart", "late");
    expect(stdout).toMatch(/late +ready/);
    expect(await up.exitCode).toBe(0);
    expect(up.output.match(/^ {2}late +ready/gm)).toHaveLength(1);
    const { services } = await checkout.status();
    expect(services.find(({ name }) => name === "late")?.instances[0]?.id).not.toBe(before);
    expect(services.find(({ name }) => name === "after")?.state).toBe("ready");
  });

  it("dev stop of it is done at once, up says so, and another service's restart says what it waits for", async () => {
    const checkout = await checkouts.of({ "compose.yaml": untilThereIsAFile, "server.js": server });
    const up = checkout.start("up", "--detach", "--no-watch");
    await idWhileStarting(checkout);
    const restart = checkout.start("restart", "web");
    await eventually(async () => restart.output.includes("`dev stop late` ends that"), 20_000);
    expect(restart.output).toContain("This comes after what is under way, which waits for late (starting: ");
    expect((await checkout.devOk("stop", "late")).stdout).toContain("late stopped.");
    expect(await up.exitCode).toBe(1);
    expect(up.output).toContain("late was stopped while it was waited for");
    expect(await restart.exitCode).toBe(0);
    await checkout.devOk("down");
    expect(await processesLeft(checkout.directory)).toEqual([]);
  });
});

/** The process of the service that does not become ready, once it is asked. */
async function idWhileStarting(checkout: Checkout): Promise<string | undefined> {
  let id: string | undefined;
  await eventually(async () => {
    const { services } = await checkout.status();
    const late = services.find(({ name }) => name === "late");
    const isWebReady = services.find(({ name }) => name === "web")?.state === "ready";
    id = late?.state === "starting" ? late.instances[0]?.id : undefined;
    return isWebReady && id !== undefined && id !== "";
  }, 20_000);
  return id;
}
