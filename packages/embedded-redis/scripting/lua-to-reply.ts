import type { ProtocolVersion } from "../resp/encode.ts";
import { errorReply, type Reply } from "../resp/reply.ts";
import { luaType } from "./lua-module.ts";
import type { LuaVm } from "./lua-vm.ts";

const smallest = -(2n ** 63n);

/** A Lua number as the integer reply that Redis makes of it: cut towards zero; what 64 bits do not hold is the smallest one. */
function toInteger(value: number): number | bigint {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (Number.isNaN(value) || value >= 2 ** 63 || value < -(2 ** 63)) return smallest;
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? (whole === 0 ? 0 : whole) : BigInt(whole);
}

/**
 * The reply for the Lua value at that index (positive), by the rules of the protocol version that the script chose
 * ("Redis Lua API reference", Lua to RESP conversion).
 */
export function readReply(vm: LuaVm, index: number, protocol: ProtocolVersion): Reply {
  switch (vm.type(index)) {
    case luaType.string:
      return vm.toBytes(index) ?? "";
    case luaType.number:
      return toInteger(vm.toNumber(index));
    case luaType.boolean:
      if (protocol === 3) return { kind: "boolean", value: vm.toBoolean(index) };
      return vm.toBoolean(index) ? 1 : null;
    case luaType.table:
      return readTable(vm, index, protocol);
    default:
      return null;
  }
}

function readTable(vm: LuaVm, table: number, protocol: ProtocolVersion): Reply {
  vm.reserve(6);
  return (
    readTagged(vm, table, "err", luaType.string, (at) => errorReply(vm.toBytes(at) ?? "")) ??
    readTagged(vm, table, "ok", luaType.string, (at) => ({ kind: "simple", text: oneLine(vm.toBytes(at) ?? "") })) ??
    readTagged(vm, table, "double", luaType.number, (at) => ({ kind: "double", value: vm.toNumber(at) })) ??
    readTagged(vm, table, "map", luaType.table, (at) => ({ kind: "map", pairs: readPairs(vm, at, protocol) })) ??
    readTagged(vm, table, "set", luaType.table, (at) => ({ kind: "set", members: readMembers(vm, at, protocol) })) ??
    readTagged(vm, table, "big_number", luaType.string, (at) => ({
      kind: "bigNumber",
      digits: oneLine(vm.toBytes(at) ?? ""),
    })) ??
    readTagged(vm, table, "verbatim_string", luaType.table, (at) => readVerbatim(vm, at)) ??
    readArray(vm, table, protocol)
  );
}

const oneLine = (text: string): string => text.replace(/[\r\n]/g, " ");

function readTagged(
  vm: LuaVm,
  table: number,
  tag: string,
  type: number,
  read: (at: number) => Reply | undefined,
): Reply | undefined {
  vm.getField(table, tag);
  const reply = vm.type(-1) === type ? read(vm.top) : undefined;
  vm.pop();
  return reply;
}

function readArray(vm: LuaVm, table: number, protocol: ProtocolVersion): Reply {
  const items: Reply[] = [];
  for (let position = 1; ; position++) {
    vm.getIndex(table, position);
    if (vm.isNil(-1)) break;
    items.push(readReply(vm, vm.top, protocol));
    vm.pop();
  }
  vm.pop();
  return items;
}

function readPairs(vm: LuaVm, table: number, protocol: ProtocolVersion): Reply[] {
  const pairs: Reply[] = [];
  vm.pushNil();
  while (vm.next(table)) {
    pairs.push(readReply(vm, vm.top - 1, protocol), readReply(vm, vm.top, protocol));
    vm.pop();
  }
  return pairs;
}

function readMembers(vm: LuaVm, table: number, protocol: ProtocolVersion): Reply[] {
  const members: Reply[] = [];
  vm.pushNil();
  while (vm.next(table)) {
    vm.pop();
    members.push(readReply(vm, vm.top, protocol));
  }
  return members;
}

function readVerbatim(vm: LuaVm, table: number): Reply | undefined {
  vm.getField(table, "string");
  vm.getField(table, "format");
  const [text, format] = [vm.toBytes(-2), vm.toBytes(-1)];
  vm.pop(2);
  return text === undefined || format === undefined
    ? undefined
    : { kind: "verbatim", format: format.slice(0, 3), text };
}
