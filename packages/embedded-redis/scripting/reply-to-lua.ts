import type { ProtocolVersion } from "../resp/encode.ts";
import { formatDouble } from "../resp/format-double.ts";
import type { Reply, TypedReply } from "../resp/reply.ts";
import type { LuaVm } from "./lua-vm.ts";

/**
 * Pushes a command's reply as Lua value, by the rules of the protocol version that the script chose with `redis.setresp`
 * ("Redis Lua API reference", data type conversion).
 */
export function pushReply(vm: LuaVm, reply: Reply, protocol: ProtocolVersion): void {
  if (typeof reply === "string") vm.pushString(reply);
  else if (typeof reply === "number") vm.pushNumber(reply);
  else if (typeof reply === "bigint") vm.pushNumber(Number(reply));
  else if (reply === null) pushNull(vm, protocol);
  else if ("kind" in reply) pushTyped(vm, reply, protocol);
  else pushArray(vm, reply, protocol);
}

function pushNull(vm: LuaVm, protocol: ProtocolVersion): void {
  if (protocol === 3) vm.pushNil();
  else vm.pushBoolean(false);
}

function pushArray(vm: LuaVm, items: readonly Reply[], protocol: ProtocolVersion): void {
  vm.reserve(4);
  vm.pushTable(items.length);
  const table = vm.top;
  let position = 0;
  for (const item of items) {
    pushReply(vm, item, protocol);
    vm.setIndex(table, ++position);
  }
}

/** A table of one field, whose value `push` pushes. */
function pushTagged(vm: LuaVm, tag: string, push: () => void): void {
  vm.reserve(6);
  vm.pushTable(0, 1);
  const table = vm.top;
  push();
  vm.setField(table, tag);
}

/** Pushes `{ err = message }`. */
export const pushErrorTable = (vm: LuaVm, message: string): void => pushTagged(vm, "err", () => vm.pushString(message));

function pushPairs(vm: LuaVm, pairs: readonly Reply[], protocol: ProtocolVersion): void {
  vm.pushTable();
  const table = vm.top;
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    pushReply(vm, pairs[i] ?? null, protocol);
    pushReply(vm, pairs[i + 1] ?? null, protocol);
    vm.setPair(table);
  }
}

function pushMembers(vm: LuaVm, members: readonly Reply[], protocol: ProtocolVersion): void {
  vm.pushTable();
  const table = vm.top;
  for (const member of members) {
    pushReply(vm, member, protocol);
    vm.pushBoolean(true);
    vm.setPair(table);
  }
}

function pushTyped(vm: LuaVm, reply: TypedReply, protocol: ProtocolVersion): void {
  switch (reply.kind) {
    case "simple":
      pushTagged(vm, "ok", () => vm.pushString(reply.text));
      break;
    case "error":
      pushErrorTable(vm, reply.message);
      break;
    case "nullArray":
      pushNull(vm, protocol);
      break;
    case "map":
      if (protocol === 2) pushArray(vm, reply.pairs, protocol);
      else pushTagged(vm, "map", () => pushPairs(vm, reply.pairs, protocol));
      break;
    case "set":
      if (protocol === 2) pushArray(vm, reply.members, protocol);
      else pushTagged(vm, "set", () => pushMembers(vm, reply.members, protocol));
      break;
    case "double":
      if (protocol === 2) vm.pushString(formatDouble(reply.value));
      else pushTagged(vm, "double", () => vm.pushNumber(reply.value));
      break;
    case "boolean":
      if (protocol === 2) vm.pushNumber(reply.value ? 1 : 0);
      else vm.pushBoolean(reply.value);
      break;
    case "bigNumber":
      if (protocol === 2) vm.pushString(reply.digits);
      else pushTagged(vm, "big_number", () => vm.pushString(reply.digits));
      break;
    case "verbatim":
      if (protocol === 2) vm.pushString(reply.text);
      else pushTagged(vm, "verbatim_string", () => pushVerbatim(vm, reply.format, reply.text));
      break;
    case "push":
      pushArray(vm, reply.items, protocol);
      break;
    case "attribute":
      pushReply(vm, reply.reply, protocol);
      break;
    case "several":
      pushReply(vm, reply.replies[0] ?? null, protocol);
      break;
  }
}

function pushVerbatim(vm: LuaVm, format: string, text: string): void {
  vm.pushTable(0, 2);
  const table = vm.top;
  vm.pushString(text);
  vm.setField(table, "string");
  vm.pushString(format);
  vm.setField(table, "format");
}
