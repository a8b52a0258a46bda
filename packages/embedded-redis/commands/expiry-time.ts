import { CommandError } from "./command-error.ts";
import { integer } from "./numbers.ts";

/** The words that give an expiry, as EX and EXAT of SET do. */
export const isExpiryWord = (word: string): word is ExpiryWord => ["EX", "PX", "EXAT", "PXAT"].includes(word);

/** Seconds or milliseconds, from now or since 1970. */
export type ExpiryWord = "EX" | "PX" | "EXAT" | "PXAT";

// Redis keeps expiries as signed 64-bit milliseconds.
const maxMs = 2 ** 63;

/**
 * The Unix time in milliseconds that such an expiry means; it may be in the past.
 * @throws CommandError for none above 0 and for what overflows
 */
export function expiryTime(word: ExpiryWord, text: string | undefined, now: number, command: string): number {
  const amount = integer(text);
  const invalid = new CommandError(`ERR invalid expire time in '${command}' command`);
  if (amount <= 0) throw invalid;
  return toUnixMs(word, amount, now, invalid);
}

/** The same for any amount, also below 0. @throws `invalid` for what overflows */
export function toUnixMs(word: ExpiryWord, amount: number, now: number, invalid: CommandError): number {
  const ms = word.startsWith("EX") ? amount * 1000 : amount;
  if (Math.abs(ms) > maxMs) throw invalid;
  const at = word.endsWith("AT") ? ms : now + ms;
  if (at > maxMs) throw invalid;
  return at;
}
