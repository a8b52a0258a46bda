import { isIP } from "node:net";

/** What every authority of ours may sign for: names that are never public (RFC 6761 for localhost and test, ICANN's reservation of internal). */
export const alwaysPermitted: readonly string[] = ["localhost", "test", "internal"];

/** Whether a name lies in one of the domains, or is one: constraints count whole labels (RFC 5280, section 4.2.1.10). */
export function isWithin(name: string, domains: readonly string[]): boolean {
  if (isIP(name) !== 0) return isLoopback(name);
  const plain = name.replace(/^\*\./, "").toLowerCase();
  return domains.some((domain) => plain === domain || plain.endsWith(`.${domain}`));
}

/** Addresses of this machine alone. */
const isLoopback = (address: string): boolean => address === "::1" || /^127\./.test(address);
