import { badArgument, LuaTextFailure } from "../lua-failure.ts";

/** One option of a format: its letter, the bytes that it takes (0: as long as the string), and the byte order in force. */
export interface StructOption {
  readonly letter: string;
  readonly size: number;
  readonly isLittleEndian: boolean;
  /** Bytes that the item is aligned to. */
  readonly alignment: number;
}

const fixedSizes: Readonly<Record<string, number>> = {
  b: 1,
  B: 1,
  h: 2,
  H: 2,
  l: 8,
  L: 8,
  T: 8,
  f: 4,
  d: 8,
  x: 1,
  s: 0,
};
const largestInteger = 32;
const nativeAlignment = 8;

/**
 * The options of a `struct` format, as on a 64-bit little-endian machine: `<`, `>`, `!n`, blanks set the mode; the others are items.
 * @throws LuaTextFailure for an unknown option, a size above 32 and an alignment that is no power of 2
 */
export function* readFormat(format: string): Generator<StructOption> {
  let isLittleEndian = true;
  let alignment = 1;
  let at = 0;
  const readNumber = (fallback: number): number => {
    const digits = /^\d+/.exec(format.slice(at, at + 12))?.[0];
    if (digits === undefined) return fallback;
    at += digits.length;
    const number = Number(digits);
    if (number > 0x7fffffff) throw new LuaTextFailure("integral size overflow");
    return number;
  };
  while (at < format.length) {
    const letter = format.charAt(at++);
    const fixed = fixedSizes[letter];
    if (fixed !== undefined) yield { letter, size: fixed, isLittleEndian, alignment };
    else if (letter === "i" || letter === "I") {
      const size = readNumber(4);
      if (size > largestInteger)
        throw new LuaTextFailure(`integral size ${size} is larger than limit of ${largestInteger}`);
      yield { letter, size, isLittleEndian, alignment };
    } else if (letter === "c") yield { letter, size: readNumber(1), isLittleEndian, alignment };
    else if (letter === ">") isLittleEndian = false;
    else if (letter === "<") isLittleEndian = true;
    else if (letter === "!") {
      alignment = readNumber(nativeAlignment);
      if (alignment === 0 || (alignment & (alignment - 1)) !== 0)
        throw new LuaTextFailure(`alignment ${alignment} is not a power of 2`);
    } else if (letter !== " ") throw badArgument(1, `invalid format option '${letter}'`);
  }
}

/** Bytes of padding before an item that begins at `offset`. Strings are never aligned. */
export function padding(option: StructOption, offset: number): number {
  if (option.size === 0 || option.letter === "c") return 0;
  const unit = Math.min(option.size, option.alignment);
  return (unit - (offset & (unit - 1))) & (unit - 1);
}
