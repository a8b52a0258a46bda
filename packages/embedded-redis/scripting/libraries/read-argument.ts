import { badArgument } from "../lua-failure.ts";
import type { LuaVm } from "../lua-vm.ts";

/** The number at that position, as `luaL_checknumber` takes it. @throws LuaTextFailure for other types */
export function numberArgument(vm: LuaVm, position: number): number {
  if (!vm.isNumber(position)) throw badArgument(position, `number expected, got ${vm.typeName(position)}`);
  return vm.toNumber(position);
}

/** The integer at that position, cut towards zero; `fallback` where there is none. @throws LuaTextFailure for other types */
export function integerArgument(vm: LuaVm, position: number, fallback?: number): number {
  if (fallback !== undefined && vm.isNil(position)) return fallback;
  return Math.trunc(numberArgument(vm, position));
}

/** The bytes at that position; numbers become text. @throws LuaTextFailure for other types */
export function bytesArgument(vm: LuaVm, position: number): string {
  const bytes = vm.toBytes(position);
  if (bytes === undefined) throw badArgument(position, `string expected, got ${vm.typeName(position)}`);
  return bytes;
}
