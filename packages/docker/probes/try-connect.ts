import net from "node:net";

const connectTimeoutMs = 500;

/** Connects once. `unreachable`: the network itself does not answer, as from inside another container; the port says nothing then. */
export function tryConnect(host: string, port: number): Promise<"open" | "closed" | "unreachable"> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: connectTimeoutMs });
    const settle = (answer: "open" | "closed" | "unreachable") => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => settle("open"));
    socket.once("timeout", () => settle("unreachable"));
    socket.once("error", ({ code }: NodeJS.ErrnoException) =>
      settle(code === "ECONNREFUSED" ? "closed" : "unreachable"),
    );
  });
}
