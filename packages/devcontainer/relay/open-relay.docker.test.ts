import { text } from "node:stream/consumers";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRelay } from "./open-relay.ts";
import { Unreachable } from "./relay.ts";

const isThere = await execa("docker", ["info"], { reject: false, stdin: "ignore" }).then(({ failed }) => !failed);
const reason = isThere ? "" : " (skipped: no Docker engine answers)";
const variables = process.env as Record<string, string>;

// Says how much it was sent, once that has ended; on the container's loopback alone.
const server = `require("node:net").createServer({ allowHalfOpen: true }, (socket) => {
  let bytes = 0;
  socket.on("data", (chunk) => { bytes += chunk.length; if (bytes === 300000) socket.end(bytes + " bytes"); });
}).listen(4000, "127.0.0.1"); process.on("SIGTERM", () => process.exit());`;

describe.skipIf(!isThere)(`a way into a container${reason}`, () => {
  let withNode = "";
  let withoutNode = "";

  beforeAll(async () => {
    const run = async (...words: readonly string[]) =>
      (await execa("docker", ["run", "-d", "--rm", ...words])).stdout.trim();
    withNode = await run("node:24-slim", "node", "-e", server);
    // The same network, and no Node: what is called so is no program.
    const place = [
      "--network",
      `container:${withNode}`,
      "-v",
      "/dev/null:/usr/bin/node:ro",
      "-v",
      "/dev/null:/usr/local/bin/node:ro",
    ];
    withoutNode = await run(...place, "node:24-slim", "sh", "-c", "trap 'exit 0' TERM; while sleep 1; do :; done");
  });

  afterAll(async () => {
    await execa(
      "docker",
      ["rm", "-f", withoutNode, withNode].filter((word) => word !== ""),
      { reject: false },
    );
  });

  it.each(["with Node", "without"])("reaches its loopback, %s, and ends with it", async (which) => {
    const relay = await openRelay(which === "with Node" ? withNode : withoutNode, variables);
    try {
      const tunnels = await Promise.all([1, 2, 3].map(() => relay.connect({ host: "localhost", port: 4000 })));
      for (const tunnel of tunnels) tunnel.write(Buffer.alloc(300_000, 1));
      expect(await Promise.all(tunnels.map((tunnel) => text(tunnel)))).toEqual(Array(3).fill("300000 bytes"));
      for (const tunnel of tunnels) tunnel.destroy();
      await expect(relay.connect({ host: "localhost", port: 4001 })).rejects.toThrow(Unreachable);
      if (which === "without") {
        await execa("docker", ["rm", "-f", withoutNode]);
        await relay.ended;
      }
    } finally {
      relay.close();
    }
  });
});
