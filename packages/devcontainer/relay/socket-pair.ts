import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * Two connected sockets, each of which may end before the other. HTTP/2 takes any stream, but over one that is no socket it fails an assertion when it is ended while it writes
 * (Node's internal/js_stream_socket); and a stream that is put together of two pipes loses what was not read yet when the other pipe breaks.
 */
export async function socketPair(): Promise<{ readonly near: Socket; readonly far: Socket }> {
  const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const near = connect({ port: (server.address() as AddressInfo).port, host: "127.0.0.1", allowHalfOpen: true });
  const accepted = new Promise<Socket>((resolve) =>
    server.on("connection", (socket) => {
      // Another program of this machine may be quicker.
      if (socket.remotePort === near.localPort) resolve(socket);
      else socket.destroy();
    }),
  );
  try {
    await once(near, "connect");
    return { near, far: await accepted };
  } finally {
    server.close();
  }
}
