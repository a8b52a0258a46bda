import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serializeError } from "@drydock/core";
import { expect, test } from "vitest";
import { FrameWriter } from "./frame-writer.ts";

const event = { kind: "notice", at: 0, level: "info", message: "late" } as const;

test("what is told after the last frame is nobody's, and harms nothing", async () => {
  const faults: unknown[] = [];
  const server = createServer((request, response) => {
    response.on("error", (error) => faults.push(error));
    const writer = new FrameWriter(response);
    writer.event(event);
    if (request.url === "/fails") writer.error(serializeError(new Error("no")));
    else writer.result("yes");
    writer.event(event);
    writer.result("again");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const frames = async (path: string) => (await (await fetch(`${origin}${path}`)).text()).trim().split("\n");
    const told = JSON.stringify({ event });
    expect(await frames("/works")).toEqual([told, '{"result":"yes"}']);
    expect(await frames("/fails")).toEqual([told, expect.stringContaining('"message":"no"')]);
    expect(faults).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
