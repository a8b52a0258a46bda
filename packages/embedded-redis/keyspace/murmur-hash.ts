const multiplier = 0xc6a4a7935bd1e995n;
const seed = 0xadc83b19n;
const mask = 0xffff_ffff_ffff_ffffn;

/** MurmurHash64A of latin1 bytes with the seed that Redis's HyperLogLog has (hyperloglog.c, hllPatLen). */
export function murmurHash64(bytes: string): bigint {
  const data = Buffer.from(bytes, "latin1");
  let hash = seed ^ ((BigInt(data.length) * multiplier) & mask);
  const whole = data.length - (data.length % 8);
  for (let at = 0; at < whole; at += 8) {
    let part = (data.readBigUInt64LE(at) * multiplier) & mask;
    part = ((part ^ (part >> 47n)) * multiplier) & mask;
    hash = ((hash ^ part) * multiplier) & mask;
  }
  if (whole < data.length) {
    let tail = 0n;
    for (let at = data.length - 1; at >= whole; at--) tail = (tail << 8n) | BigInt(data[at] ?? 0);
    hash = ((hash ^ tail) * multiplier) & mask;
  }
  hash = ((hash ^ (hash >> 47n)) * multiplier) & mask;
  return hash ^ (hash >> 47n);
}
