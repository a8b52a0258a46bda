/** A TCP port on which something listens. */
export interface Listener {
  readonly port: number;
  readonly isLoopback: boolean;
  readonly inode: string;
}

/** Reads the text of /proc/net/tcp and tcp6 (Linux, proc_net_tcp): state 0A is LISTEN, addresses are hexadecimal in the machine's byte order. */
export function readListeners(text: string): readonly Listener[] {
  return text.split("\n").flatMap((line) => {
    const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
    const [address = "", port] = local.split(":");
    if (state !== "0A" || port === undefined) return [];
    const isLoopback = /^(?:0{16}FFFF0000)?.{6}7F$/.test(address) || address === "00000000000000000000000001000000";
    return [{ port: Number.parseInt(port, 16), isLoopback, inode }];
  });
}
