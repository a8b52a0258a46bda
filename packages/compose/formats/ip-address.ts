const byte = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const v4 = new RegExp(`^${byte}(\\.${byte}){3}$`);

/** Whether a text is an IPv4 or IPv6 address (RFC 4291, section 2.2); node:net is not for this package. */
export function isIP(text: string): boolean {
  if (v4.test(text)) return true;
  const [address = "", zone] = text.split("%", 2);
  if (zone !== undefined || !address.includes(":")) return false;
  const halves = address.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const isMapped = last.includes(".") && v4.test(last) && !address.endsWith("::");
  const plain = isMapped ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const count = plain.length + (isMapped ? 2 : 0);
  return halves.length === 2 ? count <= 7 : count === 8;
}
