import { networkInterfaces } from "node:os";

/** This machine alone, as `listen` takes it: names below localhost mean 127.0.0.1 and ::1 (RFC 6761, section 6.3). */
export function loopbackHosts(): readonly string[] {
  const hasIPv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === "::1"));
  return hasIPv6 ? ["127.0.0.1", "[::1]"] : ["127.0.0.1"];
}
