const units: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  k: 1000,
  kb: 1024,
  m: 1_000_000,
  mb: 1024 ** 2,
  g: 1_000_000_000,
  gb: 1024 ** 3,
};

/** Bytes of a size as redis.conf writes it ("100mb"); undefined when it is none. */
export function parseMemory(text: string): number | undefined {
  const match = /^(\d+)([a-z]{0,2})$/i.exec(text);
  const unit = units[match?.[2]?.toLowerCase() ?? ""];
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit;
}
