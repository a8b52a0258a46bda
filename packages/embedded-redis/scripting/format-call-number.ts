/**
 * A Lua number as redis.call passes it on: whole numbers of 64 bits as integers, others with the fewest digits that give the
 * number back (Redis 7.2 and newer; 7.0 always wrote 17 digits).
 */
export function formatCallNumber(value: number): string {
  if (Number.isSafeInteger(value)) return value === 0 ? "0" : String(value);
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) return BigInt(value).toString();
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return String(value);
}
