import { CommandError } from "./command-error.ts";
import { readFloat } from "./numbers.ts";

/** The timeout of a blocking command, given in seconds, in milliseconds; 0 for none. @throws CommandError */
export function timeoutMs(text: string | undefined): number {
  const seconds = readFloat(text ?? "");
  if (seconds === undefined) throw new CommandError("ERR timeout is not a float or out of range");
  if (seconds < 0) throw new CommandError("ERR timeout is negative");
  if (seconds * 1000 >= 2 ** 63) throw new CommandError("ERR timeout is out of range");
  return Math.ceil(seconds * 1000);
}
