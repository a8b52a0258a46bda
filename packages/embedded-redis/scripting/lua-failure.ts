import type { LuaVm } from "./lua-vm.ts";

/** What a library function written here throws to raise a Lua error; `LuaVm` turns it into one at the border to Lua. */
export abstract class LuaFailure extends Error {
  /** Pushes the error value. */
  abstract push(vm: LuaVm): void;
}

/** An error with a text, as `luaL_error` raises: the position of the calling Lua code in front of it. */
export class LuaTextFailure extends LuaFailure {
  override push(vm: LuaVm): void {
    vm.pushPosition(1);
    vm.pushString(this.message);
    vm.concatenate(2);
  }
}

/** An error with a text alone, without a position. */
export class LuaPlainFailure extends LuaFailure {
  override push(vm: LuaVm): void {
    vm.pushString(this.message);
  }
}

/** An error about an argument, named as the caller names the function. */
class ArgumentFailure extends LuaFailure {
  readonly #position: number;

  constructor(position: number, why: string) {
    super(why);
    this.#position = position;
  }

  override push(vm: LuaVm): void {
    vm.raiseArgumentError(this.#position, this.message);
  }
}

/** The error that `luaL_argerror` raises: `bad argument #1 to 'pack' (...)`. Positions count from 1. */
export const badArgument = (position: number, why: string): LuaFailure => new ArgumentFailure(position, why);
