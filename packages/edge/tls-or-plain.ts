import type { Socket } from "node:net";

// The content type of a handshake, with which every TLS connection begins (RFC 8446, section 5.1); no HTTP method begins with it.
const handshake = 22;

/** Tells, once a connection has brought its first byte, whether its client speaks TLS. The byte stays to be read. */
export function whenKnown(socket: Socket, take: (isTls: boolean) => void): void {
  socket.once("readable", () => {
    const first: Buffer | null = socket.read(1);
    // Closed before it said anything.
    if (first === null) return void socket.destroy();
    socket.unshift(first);
    take(first[0] === handshake);
  });
}
