import { isIP } from "./ip-address.ts";

/** One published port, expanded from a short form. */
export interface PortSpec {
  readonly target: number;
  readonly published?: string;
  readonly hostIp?: string;
  readonly protocol: string;
}

const protocols = ["tcp", "udp", "sctp"];

/**
 * Reads the short form of a port: `[IP:][HOST[-HOST]:]CONTAINER[-CONTAINER][/PROTOCOL]` (Compose Specification, ports, short syntax).
 * A range becomes one entry a port; a host range for one container port stays a range. Text: what is wrong.
 */
export function parsePortSpec(text: string): readonly PortSpec[] | string {
  const [body = "", protocol = "tcp", ...more] = text.split("/");
  if (more.length > 0) return "has more than one /";
  if (!protocols.includes(protocol.toLowerCase()))
    return `has the protocol ${protocol || "(none)"}, which is not tcp, udp or sctp`;
  const parts = splitHost(body);
  if (parts.ip !== undefined && !isIP(parts.ip)) return `has the address ${parts.ip}, which is not an IP address`;
  const target = parseRange(parts.target);
  if (target === undefined) return "has no container port from 1 to 65535";
  if (parts.published === undefined || parts.published === "") {
    return portsOf(target).map((port) => spec(port, undefined, parts.ip, protocol));
  }
  const published = parseRange(parts.published);
  if (published === undefined) return "has a host port that is not a number up to 65535, or a range of them";
  const wanted = target.to - target.from;
  const given = published.to - published.from;
  if (wanted !== given) {
    if (wanted !== 0) return "has ranges of different lengths";
    return [spec(target.from, `${published.from}-${published.to}`, parts.ip, protocol)];
  }
  return portsOf(target).map((port) => spec(port, String(published.from + port - target.from), parts.ip, protocol));
}

function spec(target: number, published: string | undefined, hostIp: string | undefined, protocol: string): PortSpec {
  return {
    target,
    ...(published === undefined ? {} : { published }),
    ...(hostIp === undefined ? {} : { hostIp }),
    protocol: protocol.toLowerCase(),
  };
}

function splitHost(body: string): { readonly ip?: string; readonly published?: string; readonly target: string } {
  const last = body.lastIndexOf(":");
  if (last < 0) return { target: body };
  const target = body.slice(last + 1);
  const host = body.slice(0, last);
  const colon = host.lastIndexOf(":");
  if (colon < 0) return { published: host, target };
  const ip = host.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  return { ...(ip === "" ? {} : { ip }), published: host.slice(colon + 1), target };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function parseRange(text: string): Range | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!match) return undefined;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  return from <= to && to <= 65_535 ? { from, to } : undefined;
}

function portsOf({ from, to }: Range): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
