import { badArgument, LuaTextFailure } from "../lua-failure.ts";
import type { LuaVm } from "../lua-vm.ts";
import { pushLibrary } from "./define-library.ts";
import { MsgpackReader } from "./msgpack-decode.ts";
import { encodeMsgpack } from "./msgpack-encode.ts";
import { bytesArgument, integerArgument } from "./read-argument.ts";

function pack(vm: LuaVm): number {
  const count = vm.top;
  if (count === 0) throw badArgument(0, "MessagePack pack needs input.");
  let packed = "";
  for (let position = 1; position <= count; position++) packed += encodeMsgpack(vm, position);
  vm.pushString(packed);
  return 1;
}

/** Pushes up to `limit` objects from `offset` on, which counts from 0; says how many they are and where the next one begins. */
function unpackFrom(vm: LuaVm, bytes: string, limit: number, offset: number): { count: number; next: number } {
  const reader = new MsgpackReader(bytes, offset);
  let count = 0;
  while (!reader.isAtEnd && count < limit) {
    reader.push(vm);
    count += 1;
  }
  return { count, next: reader.isAtEnd ? -1 : reader.offset };
}

function unpack(vm: LuaVm): number {
  return unpackFrom(vm, bytesArgument(vm, 1), Number.POSITIVE_INFINITY, 0).count;
}

function unpackSome(vm: LuaVm, limit: number, offset: number): number {
  const bytes = bytesArgument(vm, 1);
  if (offset < 0 || limit < 0)
    throw new LuaTextFailure(`Invalid request to unpack with offset of ${offset} and limit of ${bytes.length}.`);
  if (offset > bytes.length)
    throw new LuaTextFailure(`Start offset ${offset} greater than input length ${bytes.length}.`);
  const isAll = limit === 0 && offset === 0;
  const base = vm.top;
  const { count, next } = unpackFrom(vm, bytes, isAll ? Number.POSITIVE_INFINITY : limit, offset);
  if (isAll) return count;
  vm.reserve(1);
  vm.pushNumber(next);
  vm.insert(base + 1);
  return count + 1;
}

const unpackOne = (vm: LuaVm): number => unpackSome(vm, 1, integerArgument(vm, 2, 0));

const unpackLimit = (vm: LuaVm): number => unpackSome(vm, integerArgument(vm, 2), integerArgument(vm, 3, 0));

/** Pushes the `cmsgpack` library: MessagePack as lua-cmsgpack 0.4 reads and writes it. */
export function pushCmsgpackLibrary(vm: LuaVm): void {
  pushLibrary(
    vm,
    { pack, unpack, unpack_one: unpackOne, unpack_limit: unpackLimit },
    { _NAME: "cmsgpack", _VERSION: "lua-cmsgpack 0.4.0" },
  );
}
