import { luaType } from "../lua-module.ts";
import type { LuaVm } from "../lua-vm.ts";

// lua-cmsgpack's limit: a table nested deeper is packed as nil.
const deepestNesting = 16;

const number = Buffer.alloc(9);

function sized(code: number, length: number, bytes: 1 | 2 | 4): string {
  number[0] = code;
  number.writeUIntBE(length, 1, bytes);
  return number.toString("latin1", 0, 1 + bytes);
}

function encodeInteger(value: number): string {
  if (value >= 0) {
    if (value <= 0x7f) return String.fromCharCode(value);
    if (value <= 0xff) return sized(0xcc, value, 1);
    if (value <= 0xffff) return sized(0xcd, value, 2);
    if (value <= 0xffffffff) return sized(0xce, value, 4);
    number[0] = 0xcf;
    number.writeBigUInt64BE(BigInt(value), 1);
    return number.toString("latin1");
  }
  if (value >= -32) return String.fromCharCode(256 + value);
  if (value >= -0x80) return sized(0xd0, value + 0x100, 1);
  if (value >= -0x8000) return sized(0xd1, value + 0x10000, 2);
  if (value >= -0x80000000) return sized(0xd2, value + 0x100000000, 4);
  number[0] = 0xd3;
  number.writeBigInt64BE(BigInt(value), 1);
  return number.toString("latin1");
}

/** An integer where the value is one, else the shorter float that holds it. */
function encodeNumber(value: number): string {
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) return encodeInteger(value === 0 ? 0 : value);
  if (Math.fround(value) === value) {
    number[0] = 0xca;
    number.writeFloatBE(value, 1);
    return number.toString("latin1", 0, 5);
  }
  number[0] = 0xcb;
  number.writeDoubleBE(value, 1);
  return number.toString("latin1");
}

function encodeBytes(bytes: string): string {
  const { length } = bytes;
  if (length < 32) return String.fromCharCode(0xa0 | length) + bytes;
  if (length <= 0xff) return sized(0xd9, length, 1) + bytes;
  if (length <= 0xffff) return sized(0xda, length, 2) + bytes;
  return sized(0xdb, length, 4) + bytes;
}

function header(length: number, short: number, code16: number, code32: number): string {
  if (length <= 15) return String.fromCharCode(short | length);
  return length <= 0xffff ? sized(code16, length, 2) : sized(code32, length, 4);
}

/** How many pairs a table has, and whether their keys are 1..n. An empty table is an array. */
function measure(vm: LuaVm, table: number): { readonly pairs: number; readonly isArray: boolean } {
  let pairs = 0;
  let largest = 0;
  let onlyIndices = true;
  vm.pushNil();
  while (vm.next(table)) {
    vm.pop();
    pairs += 1;
    const key = vm.type(-1) === luaType.number ? vm.toNumber(-1) : 0;
    if (key < 1 || !Number.isInteger(key)) onlyIndices = false;
    largest = Math.max(largest, key);
  }
  return { pairs, isArray: onlyIndices && largest === pairs };
}

function encodeTable(vm: LuaVm, table: number, depth: number): string {
  const { pairs, isArray } = measure(vm, table);
  const parts: string[] = [];
  if (isArray) {
    parts.push(header(pairs, 0x90, 0xdc, 0xdd));
    for (let position = 1; position <= pairs; position++) {
      vm.getIndex(table, position);
      parts.push(encodeMsgpack(vm, vm.top, depth + 1));
      vm.pop();
    }
  } else {
    parts.push(header(pairs, 0x80, 0xde, 0xdf));
    vm.pushNil();
    while (vm.next(table)) {
      const value = vm.top;
      parts.push(encodeMsgpack(vm, value - 1, depth + 1), encodeMsgpack(vm, value, depth + 1));
      vm.pop();
    }
  }
  return parts.join("");
}

/** The MessagePack bytes of the value at that index (positive). What MessagePack has no type for becomes nil. */
export function encodeMsgpack(vm: LuaVm, index: number, depth = 0): string {
  vm.reserve(4);
  switch (vm.type(index)) {
    case luaType.string:
      return encodeBytes(vm.toBytes(index) ?? "");
    case luaType.number:
      return encodeNumber(vm.toNumber(index));
    case luaType.boolean:
      return vm.toBoolean(index) ? "\xc3" : "\xc2";
    case luaType.table:
      return depth === deepestNesting ? "\xc0" : encodeTable(vm, index, depth);
    default:
      return "\xc0";
  }
}
