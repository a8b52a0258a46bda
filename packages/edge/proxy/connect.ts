import { readFileSync } from "node:fs";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { CarrierTarget } from "./carrier.ts";

/** A connection that was not made in time. */
class ConnectTimeout extends Error {
  readonly isTimeout = true;
}

/** Opens a connection to an upstream server, with its handshake where it speaks TLS, within `proxy_connect_timeout`. Beside an error, the socket is one that is closed. */
export function openConnection(target: CarrierTarget, done: (error: Error | null, socket: Socket) => void): void {
  const { host, port, tls, connectTimeoutMs } = target;
  const where = host.startsWith("unix:") ? { path: host.slice(5) } : { host, port, noDelay: true };
  const socket = tls
    ? connectTls({
        ...where,
        rejectUnauthorized: tls.verifies,
        ...(tls.name === undefined ? {} : { servername: tls.name }),
        ...read("ca", tls.trusted),
        ...read("cert", tls.certificate),
        ...read("key", tls.key),
      })
    : connectTcp(where);
  const timer = setTimeout(
    () => socket.destroy(new ConnectTimeout(`${host}:${port} did not take the connection in ${connectTimeoutMs} ms`)),
    connectTimeoutMs,
  );
  const fail = (error: Error): void => {
    clearTimeout(timer);
    done(error, socket);
  };
  socket.once("error", fail);
  socket.once(tls ? "secureConnect" : "connect", () => {
    clearTimeout(timer);
    socket.off("error", fail);
    done(null, socket);
  });
}

function read(name: string, path: string | undefined): Readonly<Record<string, Buffer>> {
  return path === undefined ? {} : { [name]: readFileSync(path) };
}
