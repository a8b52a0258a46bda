import { InvalidArgumentError } from "commander";
import { parseDuration } from "./output/duration.ts";

/** `30` or `2m` in milliseconds. @throws InvalidArgumentError */
export function optionalSeconds(text: string): number {
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : parseDuration(text);
  if (ms === undefined || ms <= 0)
    throw new InvalidArgumentError('Write seconds, such as 30, or a duration, such as "2m".');
  return ms;
}

/** A TCP port, 0 for a free one. @throws InvalidArgumentError */
export function portNumber(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError("Write a port from 0 to 65535.");
  return Number(text);
}

/** A whole number of lines, or `all`. @throws InvalidArgumentError */
export function lineCount(text: string): number {
  if (text === "all") return Number.MAX_SAFE_INTEGER;
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Write a number of lines, or "all".');
  return Number(text);
}

/** `10m` ago, or an ISO time, in milliseconds since the epoch. @throws InvalidArgumentError */
export function pointInTime(text: string): number {
  const ago = parseDuration(text);
  if (ago !== undefined) return Date.now() - ago;
  const at = Date.parse(text);
  if (Number.isNaN(at))
    throw new InvalidArgumentError('Write how long ago, such as "10m", or a time, such as "2026-11-25T14:00:00Z".');
  return at;
}
