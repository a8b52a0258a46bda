import type { LuaCallback, LuaVm } from "../lua-vm.ts";
import { pushLibrary } from "./define-library.ts";
import { numberArgument } from "./read-argument.ts";

// Lua BitOp's semantics, "Operand range": a number is rounded to an integer, its low 32 bits count. Adding 2^52 + 2^51 leaves
// exactly those in the low word of the double.
const magic = 2 ** 52 + 2 ** 51;
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

function bitArgument(vm: LuaVm, position: number): number {
  double[0] = numberArgument(vm, position) + magic;
  return words[0] ?? 0;
}

const unary =
  (operate: (bits: number) => number): LuaCallback =>
  (vm) => {
    vm.pushNumber(operate(bitArgument(vm, 1)) | 0);
    return 1;
  };

const fold =
  (operate: (left: number, right: number) => number): LuaCallback =>
  (vm) => {
    let bits = bitArgument(vm, 1);
    for (let position = vm.top; position > 1; position--) bits = operate(bits, bitArgument(vm, position));
    vm.pushNumber(bits | 0);
    return 1;
  };

const shift =
  (operate: (bits: number, count: number) => number): LuaCallback =>
  (vm) => {
    const bits = bitArgument(vm, 1);
    vm.pushNumber(operate(bits, bitArgument(vm, 2) & 31) | 0);
    return 1;
  };

const swapBytes = (bits: number): number =>
  (bits >>> 24) | ((bits >>> 8) & 0xff00) | ((bits & 0xff00) << 8) | (bits << 24);

const rotateLeft = (bits: number, count: number): number => (bits << count) | (bits >>> (32 - count || 32));

/** `bit.tohex(x [, n])`: n digits, upper case when n is negative. */
function toHex(vm: LuaVm): number {
  const bits = bitArgument(vm, 1);
  const wanted = vm.top < 2 ? 8 : bitArgument(vm, 2);
  const digits = Math.min(Math.abs(wanted), 8);
  const text = (bits >>> 0)
    .toString(16)
    .padStart(8, "0")
    .slice(8 - digits);
  vm.pushString(wanted < 0 ? text.toUpperCase() : text);
  return 1;
}

/** Pushes the `bit` library: Lua BitOp 1.0. */
export function pushBitLibrary(vm: LuaVm): void {
  pushLibrary(vm, {
    tobit: unary((bits) => bits),
    bnot: unary((bits) => ~bits),
    bswap: unary(swapBytes),
    band: fold((left, right) => left & right),
    bor: fold((left, right) => left | right),
    bxor: fold((left, right) => left ^ right),
    lshift: shift((bits, count) => bits << count),
    rshift: shift((bits, count) => bits >>> count),
    arshift: shift((bits, count) => bits >> count),
    rol: shift(rotateLeft),
    ror: shift((bits, count) => rotateLeft(bits, (32 - count) & 31)),
    tohex: toHex,
  });
}
