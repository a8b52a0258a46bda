import type http2 from "node:http2";
import type net from "node:net";

/**
 * The program that runs inside the container, as text: this very function, with what it needs as its arguments. It connects where it is asked to, so
 * that `localhost` means the container's, also for a server that listens on nothing else. Each connection is an HTTP/2 CONNECT stream over standard
 * input and output (RFC 9113, section 8.5): many at once, each with its own flow control, half-close and reset. It ends when its input does.
 */
export function relayAgentSource(): string {
  return `(${agent.toString()})(require("node:http2"), require("node:net"), process)`;
}

function agent(h2: typeof http2, tcp: typeof net, { stdin, stdout }: NodeJS.Process): void {
  const windowBytes = 4 * 1024 * 1024;
  const server = h2.createServer({ settings: { initialWindowSize: windowBytes }, maxSessionMemory: 100 });
  server.on("session", (session) => session.setLocalWindowSize(4 * windowBytes));
  server.on("sessionError", () => undefined);
  server.on("stream", (tunnel, headers) => {
    const authority = String(headers[":authority"]);
    const at = authority.lastIndexOf(":");
    const target = { host: authority.slice(0, at), port: Number(authority.slice(at + 1)) };
    const socket = tcp.connect({ ...target, allowHalfOpen: true, autoSelectFamily: true });
    socket.on("connect", () => {
      tunnel.respond({ ":status": 200 });
      tunnel.pipe(socket).pipe(tunnel);
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (tunnel.destroyed) return;
      if (tunnel.headersSent) tunnel.close(h2.constants.NGHTTP2_CONNECT_ERROR);
      else tunnel.respond({ ":status": 502, reason: error.code || "ECONNREFUSED" }, { endStream: true });
    });
    tunnel.on("error", () => socket.destroy());
    tunnel.on("close", () => socket.destroy());
  });
  // HTTP/2 over a stream that is no socket fails an assertion when it ends while it writes: one socket of its own between.
  const door = tcp.createServer((socket) => server.emit("connection", socket));
  door.listen(0, "127.0.0.1", () => {
    const address = door.address();
    const self = tcp.connect(typeof address === "object" && address ? address.port : 0, "127.0.0.1");
    self.on("connect", () => door.close());
    self.on("error", () => stdin.destroy());
    stdout.on("error", () => self.destroy());
    stdin.pipe(self).pipe(stdout);
  });
}
