import { readSync } from "node:fs";
import { ByteReader, MalformedBytes } from "../byte-reader.ts";
import { readFrame } from "./frame.ts";

// A torn write at the end is no longer than what one tick writes; what is searched is bounded all the same.
const searchedBytes = 64 * 1024 * 1024;

/** Whether a whole command begins anywhere from `start` on: then what is broken before it is not the end of the file. */
export function findFrameAfter(file: number, start: number, end: number): boolean {
  const length = Math.min(end - start, searchedBytes);
  if (length <= 0) return false;
  const bytes = Buffer.allocUnsafe(length);
  const got = readSync(file, bytes, 0, length, start);
  const rest = bytes.subarray(0, got);
  for (let at = rest.indexOf("\r\n*"); at >= 0; at = rest.indexOf("\r\n*", at + 1)) {
    if (isFrame(rest.subarray(at + 2))) return true;
  }
  return isFrame(rest);
}

function isFrame(bytes: Buffer<ArrayBuffer>): boolean {
  try {
    return readFrame(new ByteReader(() => 0, { initial: bytes, isSummed: false })) !== undefined;
  } catch (error) {
    if (error instanceof MalformedBytes) return false;
    throw error;
  }
}
