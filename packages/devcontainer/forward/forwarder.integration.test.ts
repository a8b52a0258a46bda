import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { relayThrough } from "../relay/node-relay.ts";
import type { Relay } from "../relay/relay.ts";
import { relayAgentSource } from "../relay/relay-agent.ts";
import { Forwarder, type Forwarding } from "./forwarder.ts";

describe("ports forwarded through an agent, which runs as a process of this machine here", () => {
  let agent: ChildProcess;
  let relay: Relay;
  let inside: Server;
  let forwarder: Forwarder;

  beforeEach(async () => {
    const child = spawn(process.execPath, ["-e", relayAgentSource()], { stdio: ["pipe", "pipe", "ignore"] });
    agent = child;
    const opened = await relayThrough(child);
    if (!opened) throw new Error("the agent did not start");
    relay = opened;
    // Answers with the length of what it was sent, when that has ended.
    inside = createServer({ allowHalfOpen: true }, (socket) => {
      let bytes = 0;
      socket.on("data", (chunk) => {
        bytes += chunk.length;
      });
      socket.on("end", () => socket.end(`${bytes} bytes`));
      socket.on("error", () => undefined);
    });
    inside.listen(0, "127.0.0.1");
    await once(inside, "listening");
    forwarder = new Forwarder(relay);
  });

  afterEach(async () => {
    await forwarder.close();
    inside.close();
    relay.close();
    if (agent.exitCode === null && agent.signalCode === null) await once(agent, "exit");
  });

  const portOf = (server: Server) => (server.address() as AddressInfo).port;

  /** Forwards a port to any free one of this machine. */
  async function forward(port: number): Promise<Forwarding & { readonly localPort: number }> {
    const machine = { ask: async () => "taken" as const, holder: async () => "process 1 (somebody)", last: {} };
    const [first] = await forwarder.listen([{ host: "localhost", port, requireLocalPort: false }], machine);
    if (first?.localPort === undefined) throw new Error("it was not forwarded");
    return { ...first, localPort: first.localPort };
  }

  function say(socket: Socket, bytes: Buffer): Promise<string> {
    socket.end(bytes);
    return new Promise((resolve, reject) => {
      let text = "";
      socket.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      socket.once("end", () => resolve(text));
      socket.once("error", reject);
    });
  }

  it("carry many connections at once, all their bytes, and the end of one side before the other", async () => {
    const { localPort } = await forward(portOf(inside));
    const sizes = [0, 1, 70_000, 8_000_000, ...Array.from({ length: 40 }, (_, index) => index * 100)];
    const said = await Promise.all(sizes.map((size) => say(dial(localPort, "127.0.0.1"), Buffer.alloc(size, 1))));
    expect(said).toEqual(sizes.map((size) => `${size} bytes`));
  });

  it("reset a connection to a port on which nothing listens, and say so when asked", async () => {
    const { localPort, moved, holder } = await forward(portOf(inside));
    expect([moved, holder]).toEqual(["taken", "process 1 (somebody)"]);
    expect((await forwarder.check()).map(({ answers }) => answers)).toEqual([true]);
    await new Promise((resolve) => inside.close(resolve));
    expect((await forwarder.check()).map(({ answers }) => answers)).toEqual([false]);
    await expect(say(dial(localPort, "127.0.0.1"), Buffer.from("hello"))).rejects.toThrow("ECONNRESET");
  });

  it("say what cannot be found, and end with the agent", async () => {
    await expect(relay.connect({ host: "no-such-host.invalid", port: 1 })).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
    agent.kill("SIGKILL");
    await relay.ended;
    await expect(relay.connect({ host: "localhost", port: portOf(inside) })).rejects.toThrow("the container stopped");
  });

  it("are let go: the agent ends with its input, and the ports are free", async () => {
    const { localPort } = await forward(portOf(inside));
    const open = dial(localPort, "127.0.0.1");
    open.on("error", () => undefined);
    await once(open, "connect");
    const closed = once(open, "close");
    await forwarder.close();
    await closed;
    agent.stdin?.end();
    await once(agent, "exit");
    const again = createServer().listen(localPort, "127.0.0.1");
    await once(again, "listening");
    again.close();
  });
});
