import { badArgument, LuaTextFailure } from "../lua-failure.ts";
import type { LuaVm } from "../lua-vm.ts";
import { pushLibrary } from "./define-library.ts";
import { bytesArgument, integerArgument, numberArgument } from "./read-argument.ts";
import { padding, readFormat, type StructOption } from "./struct-format.ts";

const signedLetters = "bhli";
const allOnes = (1n << 64n) - 1n;

function integerBytes(value: number, option: StructOption): string {
  // C converts through a 64-bit long; what lies beyond has no defined value there, here it is 0.
  let rest = Number.isFinite(value) ? BigInt(Math.trunc(value)) & allOnes : 0n;
  const codes: number[] = [];
  for (let i = 0; i < option.size; i++) {
    codes.push(Number(rest & 0xffn));
    rest >>= 8n;
  }
  return String.fromCharCode(...(option.isLittleEndian ? codes : codes.reverse()));
}

function readInteger(bytes: string, option: StructOption): number {
  const order = option.isLittleEndian ? [...bytes].reverse() : [...bytes];
  let value = 0n;
  for (const char of order) value = ((value << 8n) | BigInt(char.charCodeAt(0))) & allOnes;
  if (!signedLetters.includes(option.letter)) return Number(value);
  return Number(BigInt.asIntN(Math.min(option.size * 8, 64), value));
}

function floatBytes(value: number, option: StructOption): string {
  const buffer = Buffer.alloc(option.size);
  if (option.letter === "f") buffer.writeFloatLE(Math.fround(value));
  else buffer.writeDoubleLE(value);
  return (option.isLittleEndian ? buffer : buffer.reverse()).toString("latin1");
}

function readFloat(bytes: string, option: StructOption): number {
  const buffer = Buffer.from(bytes, "latin1");
  if (!option.isLittleEndian) buffer.reverse();
  return option.letter === "f" ? buffer.readFloatLE() : buffer.readDoubleLE();
}

function pack(vm: LuaVm): number {
  const format = bytesArgument(vm, 1);
  // As in the original, whose buffer lies behind a nil: what is missing is named so.
  vm.pushNil();
  let packed = "";
  let position = 1;
  for (const option of readFormat(format)) {
    packed += "\0".repeat(padding(option, packed.length));
    if (option.letter === "x") packed += "\0";
    else if (option.letter === "f" || option.letter === "d")
      packed += floatBytes(numberArgument(vm, ++position), option);
    else if (option.letter === "c" || option.letter === "s") {
      const bytes = bytesArgument(vm, ++position);
      if (bytes.length < option.size) throw badArgument(position + 1, "string too short");
      packed += option.size === 0 ? bytes : bytes.slice(0, option.size);
      if (option.letter === "s") packed += "\0";
    } else packed += integerBytes(numberArgument(vm, ++position), option);
  }
  vm.pushString(packed);
  return 1;
}

function unpack(vm: LuaVm): number {
  const format = bytesArgument(vm, 1);
  const data = bytesArgument(vm, 2);
  let at = integerArgument(vm, 3, 1) - 1;
  if (at < 0) throw badArgument(3, "offset must be 1 or greater");
  let results = 0;
  const take = (size: number): string => {
    if (size > data.length || at > data.length - size) throw badArgument(2, "data string too short");
    at += size;
    return data.slice(at - size, at);
  };
  for (const option of readFormat(format)) {
    at += padding(option, at);
    vm.reserve(2);
    if (option.letter === "x") {
      take(1);
      continue;
    }
    if (option.letter === "s") {
      take(0);
      const end = data.indexOf("\0", at);
      if (end < 0) throw new LuaTextFailure("unfinished string in data");
      vm.pushString(take(end - at));
      at += 1;
    } else if (option.letter === "c" && option.size === 0) {
      take(0);
      if (results === 0 || !vm.isNumber(-1)) throw new LuaTextFailure("format 'c0' needs a previous size");
      const size = Math.trunc(vm.toNumber(-1));
      vm.pop();
      results -= 1;
      if (size < 0) throw badArgument(2, "data string too short");
      vm.pushString(take(size));
    } else if (option.letter === "c") vm.pushString(take(option.size));
    else if (option.letter === "f" || option.letter === "d") vm.pushNumber(readFloat(take(option.size), option));
    else vm.pushNumber(readInteger(take(option.size), option));
    results += 1;
  }
  vm.pushNumber(at + 1);
  return results + 1;
}

function size(vm: LuaVm): number {
  let total = 0;
  for (const option of readFormat(bytesArgument(vm, 1))) {
    if (option.letter === "s") throw badArgument(1, "option 's' has no fixed size");
    if (option.size === 0 && option.letter === "c") throw badArgument(1, "option 'c0' has no fixed size");
    total += padding(option, total) + option.size;
  }
  vm.pushNumber(total);
  return 1;
}

/** Pushes the `struct` library: binary packing by format, as Redis documents it. */
export function pushStructLibrary(vm: LuaVm): void {
  pushLibrary(vm, { pack, unpack, size });
}
