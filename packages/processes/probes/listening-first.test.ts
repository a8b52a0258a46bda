import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { listeningFirst } from "./listening-first.ts";

test("a connection is enough the first time, and the protocol is asked from then on", async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { signal } = new AbortController();
  const own = () => Promise.resolve(true);
  let asked = 0;
  const probe = listeningFirst(
    { host: "127.0.0.1", port },
    { label: "PING", check: async () => ({ isReady: false, detail: `asked ${++asked} times` }) },
    own,
  );
  expect(probe.label).toBe("PING");
  expect(await probe.check(signal)).toMatchObject({ isReady: true });
  expect(asked).toBe(0);
  expect(await probe.check(signal)).toEqual({ isReady: false, detail: "asked 1 times" });
  server.close();
  await once(server, "close");

  const before = listeningFirst({ host: "127.0.0.1", port }, { label: "PING", check: () => Promise.reject() }, own);
  expect(await before.check(signal)).toMatchObject({ isReady: false });
});

test("a connection to another program's server is none", async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
  const { signal } = new AbortController();
  const probe = listeningFirst(address, { label: "PING", check: () => Promise.reject() }, async () => false);
  expect(await probe.check(signal)).toEqual({
    isReady: false,
    detail: `another program listens on 127.0.0.1:${address.port}`,
  });
  server.close();
  await once(server, "close");
});
