import { LuaTextFailure } from "../lua-failure.ts";
import { luaType } from "../lua-module.ts";
import type { LuaVm } from "../lua-vm.ts";
import type { CjsonSettings } from "./cjson-settings.ts";
import { formatGeneral } from "./format-number.ts";

const escapes: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  '"': '\\"',
  "/": "\\/",
  "\\": "\\\\",
};
const needsEscape = /[\x00-\x1f"\\/\x7f]/g;

const escapeChar = (char: string): string => escapes[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Bytes as a JSON string; bytes above 0x7f pass as they are. */
const encodeText = (bytes: string): string => `"${bytes.replace(needsEscape, escapeChar)}"`;

const refuse = (vm: LuaVm, index: number, why: string) =>
  new LuaTextFailure(`Cannot serialise ${vm.typeName(index)}: ${why}`);

function encodeNumber(vm: LuaVm, settings: CjsonSettings, index: number): string {
  const value = vm.toNumber(index);
  if (!Number.isFinite(value)) {
    if (settings.encodeInvalidNumbers === "null") return "null";
    if (settings.encodeInvalidNumbers === false) throw refuse(vm, index, "must not be NaN or Inf");
  }
  return formatGeneral(value, settings.encodeNumberPrecision);
}

/** The length of a table as an array, or -1 for an object. @throws LuaTextFailure for an excessively sparse array */
function arrayLength(vm: LuaVm, settings: CjsonSettings, table: number): number {
  let largest = 0;
  let items = 0;
  vm.pushNil();
  while (vm.next(table)) {
    const key = vm.type(-2) === luaType.number ? vm.toNumber(-2) : 0;
    if (key < 1 || !Number.isInteger(key)) {
      vm.pop(2);
      return -1;
    }
    largest = Math.max(largest, key);
    items += 1;
    vm.pop();
  }
  const { encodeSparseRatio: ratio, encodeSparseSafe: safe } = settings;
  if (ratio > 0 && largest > items * ratio && largest > safe) {
    if (!settings.encodeSparseConvert) throw refuse(vm, table, "excessively sparse array");
    return -1;
  }
  return largest;
}

function encodeKey(vm: LuaVm, settings: CjsonSettings, index: number): string {
  const type = vm.type(index);
  if (type === luaType.number) return `"${encodeNumber(vm, settings, index)}":`;
  if (type === luaType.string) return `${encodeText(vm.toBytes(index) ?? "")}:`;
  throw refuse(vm, index, "table key must be a number or string");
}

function encodeTable(vm: LuaVm, settings: CjsonSettings, table: number, depth: number): string {
  if (depth > settings.encodeMaxDepth) {
    throw new LuaTextFailure(`Cannot serialise, excessive nesting (${depth})`);
  }
  const length = arrayLength(vm, settings, table);
  const parts: string[] = [];
  if (length > 0) {
    for (let position = 1; position <= length; position++) {
      vm.getIndex(table, position);
      parts.push(encodeJson(vm, settings, vm.top, depth));
      vm.pop();
    }
    return `[${parts.join(",")}]`;
  }
  vm.pushNil();
  while (vm.next(table)) {
    const value = vm.top;
    parts.push(encodeKey(vm, settings, value - 1) + encodeJson(vm, settings, value, depth));
    vm.pop();
  }
  return `{${parts.join(",")}}`;
}

/** The JSON text of the value at that index (positive), as lua-cjson writes it. @throws LuaTextFailure for what JSON has no form for */
export function encodeJson(vm: LuaVm, settings: CjsonSettings, index: number, depth = 0): string {
  vm.reserve(4);
  switch (vm.type(index)) {
    case luaType.string:
      return encodeText(vm.toBytes(index) ?? "");
    case luaType.number:
      return encodeNumber(vm, settings, index);
    case luaType.boolean:
      return vm.toBoolean(index) ? "true" : "false";
    case luaType.table:
      return encodeTable(vm, settings, index, depth + 1);
    case luaType.nil:
      return "null";
    case luaType.lightUserdata:
      if (vm.toPointer(index) === 0) return "null";
      throw refuse(vm, index, "type not supported");
    default:
      throw refuse(vm, index, "type not supported");
  }
}
