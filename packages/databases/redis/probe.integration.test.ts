import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { absence, freePort, startServer, until } from "../test-server.ts";
import { probeRedis } from "./probe.ts";

const { signal } = new AbortController();
const missing = absence("redis-server");

describe("probeRedis", () => {
  it("says why nothing answers", async () => {
    const address = { host: "127.0.0.1", port: await freePort() };
    expect(await probeRedis(address, signal)).toEqual({ isReady: false, detail: "connection refused" });
  });

  it("does not call ready what speaks another protocol", async () => {
    const server = createServer((socket) =>
      socket.on("error", () => undefined).end("HTTP/1.1 400 Bad Request\r\n\r\n"),
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    expect((await probeRedis({ host: "127.0.0.1", port }, signal)).isReady).toBe(false);
    server.close();
  });

  it.skipIf(missing).each([[[]], [["--requirepass", "secret"]]])(
    `finds a real server ready that was started with %j${missing ?? ""}`,
    async (words) => {
      const server = await startServer("redis-server", (port) => [
        "--port",
        String(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        ...words,
      ]);
      try {
        await until(
          () => probeRedis({ host: "127.0.0.1", port: server.port }, signal),
          ({ isReady }) => isReady,
        );
      } finally {
        await server.stop();
      }
    },
  );
});
