import { badArgument } from "../lua-failure.ts";
import type { LuaCallback, LuaVm } from "../lua-vm.ts";
import { integerArgument } from "./read-argument.ts";

/** What a script may set on its cjson, with the defaults of lua-cjson 2.1 (its manual, section "API"). */
export interface CjsonSettings {
  encodeSparseConvert: boolean;
  encodeSparseRatio: number;
  encodeSparseSafe: number;
  encodeMaxDepth: number;
  decodeMaxDepth: number;
  encodeInvalidNumbers: boolean | "null";
  decodeInvalidNumbers: boolean;
  encodeNumberPrecision: number;
  encodeKeepBuffer: boolean;
}

/** A fresh set of defaults. */
export const defaultCjsonSettings = (): CjsonSettings => ({
  encodeSparseConvert: false,
  encodeSparseRatio: 2,
  encodeSparseSafe: 10,
  encodeMaxDepth: 1000,
  decodeMaxDepth: 1000,
  encodeInvalidNumbers: false,
  decodeInvalidNumbers: true,
  encodeNumberPrecision: 14,
  encodeKeepBuffer: true,
});

type NumberSetting = { [K in keyof CjsonSettings]: CjsonSettings[K] extends number ? K : never }[keyof CjsonSettings];

function readInteger(vm: LuaVm, position: number, from: number, to: number): number {
  const value = integerArgument(vm, position);
  if (value < from || value > to) throw badArgument(position, `expected integer between ${from} and ${to}`);
  return value;
}

function setNumber(settings: CjsonSettings, key: NumberSetting, from: number, to: number): LuaCallback {
  return (vm) => {
    if (!vm.isNil(1)) settings[key] = readInteger(vm, 1, from, to);
    vm.pushNumber(settings[key]);
    return 1;
  };
}

function readSwitch(vm: LuaVm): boolean | "null" {
  const word = vm.toBytes(1);
  if (word === undefined) return vm.toBoolean(1);
  if (word === "null") return "null";
  if (word !== "on" && word !== "off") throw badArgument(1, `invalid option '${word}'`);
  return word === "on";
}

const setSwitch =
  (read: () => boolean | "null", write: (value: boolean | "null") => void): LuaCallback =>
  (vm) => {
    if (!vm.isNil(1)) write(readSwitch(vm));
    const value = read();
    if (typeof value === "boolean") vm.pushBoolean(value);
    else vm.pushString(value);
    return 1;
  };

const largest = 0x7fffffff;

/** The functions that read and set one cjson's settings. */
export function cjsonSettingFunctions(settings: CjsonSettings): Readonly<Record<string, LuaCallback>> {
  return {
    encode_sparse_array: (vm) => {
      if (!vm.isNil(1)) settings.encodeSparseConvert = vm.toBoolean(1);
      if (!vm.isNil(2)) settings.encodeSparseRatio = readInteger(vm, 2, 0, largest);
      if (!vm.isNil(3)) settings.encodeSparseSafe = readInteger(vm, 3, 0, largest);
      vm.pushBoolean(settings.encodeSparseConvert);
      vm.pushNumber(settings.encodeSparseRatio);
      vm.pushNumber(settings.encodeSparseSafe);
      return 3;
    },
    encode_max_depth: setNumber(settings, "encodeMaxDepth", 1, largest),
    decode_max_depth: setNumber(settings, "decodeMaxDepth", 1, largest),
    encode_number_precision: setNumber(settings, "encodeNumberPrecision", 1, 14),
    encode_keep_buffer: setSwitch(
      () => settings.encodeKeepBuffer,
      (value) => {
        settings.encodeKeepBuffer = value !== false;
      },
    ),
    encode_invalid_numbers: setSwitch(
      () => settings.encodeInvalidNumbers,
      (value) => {
        settings.encodeInvalidNumbers = value;
      },
    ),
    decode_invalid_numbers: setSwitch(
      () => settings.decodeInvalidNumbers,
      (value) => {
        settings.decodeInvalidNumbers = value !== false;
      },
    ),
  };
}
