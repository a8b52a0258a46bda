import { createServer } from "node:net";
import { networkInterfaces } from "node:os";

/** Why a port cannot be taken. */
export type PortAnswer = "free" | "taken" | "forbidden";

/**
 * Whether a server of ours could listen on this port of every address: tried on 127.0.0.1 and on all addresses, because some
 * systems let two programs listen on one port with different addresses, and then it is chance who answers.
 */
export async function askPort(port: number): Promise<PortAnswer> {
  const hosts = ["127.0.0.1", ...(hasIPv6() ? ["::"] : ["0.0.0.0"])];
  for (const host of hosts) {
    const answer = await tryListen(host, port);
    if (answer !== "free") return answer;
  }
  return "free";
}

const hasIPv6 = () => Object.values(networkInterfaces()).some((list) => list?.some(({ family }) => family === "IPv6"));

/** A free port that the system chooses. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function tryListen(host: string, port: number): Promise<PortAnswer> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => {
      const code = "code" in error ? error.code : undefined;
      resolve(code === "EACCES" || code === "EPERM" ? "forbidden" : "taken");
    });
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve("free")));
  });
}
