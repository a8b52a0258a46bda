import dgram from "node:dgram";
import net from "node:net";

/**
 * Whether a port of this machine is to be had, found by taking it for a moment. An empty address means all of them, of both
 * families, as the engine takes it. A port that this user may not take counts as free when nobody answers on it.
 */
export async function isPortFree(port: number, hostIp: string, protocol: "tcp" | "udp"): Promise<boolean> {
  const addresses = hostIp === "" || hostIp === "0.0.0.0" || hostIp === "::" ? ["0.0.0.0", "::"] : [hostIp];
  const take = protocol === "tcp" ? takeTcp : takeUdp;
  for (const address of addresses) {
    const refusal = await take(port, address);
    if (refusal === "EADDRINUSE") return false;
    if (refusal === "EACCES" && protocol === "tcp" && (await isAnswered(port, hostIp))) return false;
  }
  return true;
}

/** A free port near the wanted one, so that people recognise it: 80 becomes 8080, 3000 becomes 3001. */
export async function findFreePort(
  wanted: number,
  hostIp: string,
  protocol: "tcp" | "udp",
  isGiven: (port: number) => boolean,
): Promise<number> {
  const first = wanted < 1_024 ? wanted + 8_000 : wanted + 1;
  for (let port = first; port < Math.min(first + 100, 65_536); port++)
    if (!isGiven(port) && (await isPortFree(port, hostIp, protocol))) return port;
  return anyFreePort();
}

function takeTcp(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code));
    server.listen({ port, host, exclusive: true, ipv6Only: true }, () => server.close(() => resolve(undefined)));
  });
}

function takeUdp(port: number, address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = dgram.createSocket({
      type: address.includes(":") ? "udp6" : "udp4",
      ipv6Only: address.includes(":"),
    });
    socket.once("error", ({ code }: NodeJS.ErrnoException) => {
      socket.close();
      resolve(code);
    });
    socket.bind({ port, address, exclusive: true }, () => socket.close(() => resolve(undefined)));
  });
}

function isAnswered(port: number, hostIp: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({
      port,
      host: hostIp === "" || hostIp === "0.0.0.0" ? "127.0.0.1" : hostIp,
      timeout: 500,
    });
    const settle = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once("connect", () => settle(true));
    socket.once("timeout", () => settle(false));
    socket.once("error", () => settle(false));
  });
}

function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
