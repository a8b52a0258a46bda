const size = /^(\d+(?:\.\d+)?) ?(?:([kmgtp])i?b?|b)?$/i;
const powers = "kmgtp";

/** Reads a byte size such as `512m`, `1.5gb`, `64 kb`, `1024` (Compose Specification, "Specifying byte values"); units are powers of 1024. Undefined when it is none. */
export function parseByteSize(text: string): number | undefined {
  const match = size.exec(text.trim());
  if (!match) return undefined;
  const unit = match[2]?.toLowerCase();
  return Math.trunc(Number(match[1]) * (unit === undefined ? 1 : 1024 ** (powers.indexOf(unit) + 1)));
}
