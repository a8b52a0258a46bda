import type { RegisteredFunction } from "./function-library.ts";
import { type LuaFailure, LuaTableFailure } from "./lua-failure.ts";
import { luaType } from "./lua-module.ts";
import type { LuaVm } from "./lua-vm.ts";
import { isScriptFlag, type ScriptFlag } from "./shebang.ts";

const refuse = (why: string) => new LuaTableFailure(`ERR ${why}`);

/** What names of libraries and functions are made of. */
export const isFunctionName = (name: string): boolean => /^[A-Za-z0-9_]+$/.test(name);

/** The complaint about a name that is not. */
export const badFunctionName =
  "Library names can only contain letters, numbers, or underscores(_) and must be at least one character long";

/**
 * Reads the arguments of `redis.register_function`: a name and a function, or one table of named arguments
 * ("Redis functions", registering functions). @throws LuaFailure for others
 */
export function readRegistration(vm: LuaVm): RegisteredFunction {
  const count = vm.top;
  if (count < 1 || count > 2) throw refuse("wrong number of arguments to redis.register_function");
  return check(count === 1 ? readNamed(vm) : readPositional(vm));
}

interface Registration {
  name?: string;
  description: string | null;
  flags: readonly ScriptFlag[];
  ref?: number;
}

function readPositional(vm: LuaVm): Registration {
  const name = vm.toBytes(1);
  if (name === undefined) throw refuse("first argument to redis.register_function must be a string");
  if (vm.type(2) !== luaType.function) {
    throw refuse("second argument to redis.register_function must be a function");
  }
  return { name, description: null, flags: [], ref: vm.keep() };
}

function readNamed(vm: LuaVm): Registration {
  if (vm.type(1) !== luaType.table) {
    throw refuse(
      "calling redis.register_function with a single argument is only applicable to Lua table (representing named arguments).",
    );
  }
  const registration: Registration = { description: null, flags: [] };
  vm.pushNil();
  while (vm.next(1)) {
    if (vm.type(-2) !== luaType.string && vm.type(-2) !== luaType.number) {
      throw refuse("named argument key given to redis.register_function is not a string");
    }
    const isText = vm.type(-2) === luaType.string;
    readNamedArgument(vm, isText ? (vm.toBytes(-2) ?? "") : "", registration);
    vm.setTop(2);
  }
  return registration;
}

/** Takes the value on top for the argument of that name. */
function readNamedArgument(vm: LuaVm, argument: string, registration: Registration): void {
  switch (argument.toLowerCase()) {
    case "function_name":
      registration.name = readText(vm, "function_name");
      return;
    case "description":
      registration.description = readText(vm, "description");
      return;
    case "callback":
      if (vm.type(-1) !== luaType.function) {
        throw refuse("callback argument given to redis.register_function must be a function");
      }
      registration.ref = vm.keep();
      return;
    case "flags":
      registration.flags = readFlags(vm);
      return;
    default:
      throw refuse("unknown argument given to redis.register_function");
  }
}

function readText(vm: LuaVm, argument: string): string {
  const text = vm.type(-1) === luaType.string ? vm.toBytes(-1) : undefined;
  if (text === undefined) {
    throw refuse(`${argument} argument given to redis.register_function must be a string`);
  }
  return text;
}

function readFlags(vm: LuaVm): readonly ScriptFlag[] {
  if (vm.type(-1) !== luaType.table) {
    throw refuse("flags argument to redis.register_function must be a table representing function flags");
  }
  const flags: ScriptFlag[] = [];
  const table = vm.top;
  for (let position = 1; ; position++) {
    vm.getIndex(table, position);
    const flag = vm.toBytes(-1);
    if (flag === undefined) return flags;
    if (!isScriptFlag(flag)) throw refuse("unknown flag given");
    flags.push(flag);
    vm.pop();
  }
}

function check({ name, description, flags, ref }: Registration): RegisteredFunction {
  if (name === undefined) throw refuse("redis.register_function must get a function name argument");
  if (ref === undefined) throw refuse("redis.register_function must get a callback argument");
  if (!isFunctionName(name)) throw refuse(badFunctionName);
  return { name, description, flags, ref };
}

/** The error for a name that the library has already. */
export const alreadyRegistered = (): LuaFailure => refuse("Function already exists in the library");
