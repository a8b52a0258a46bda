/** The part of a Lua stack that an error needs to put its value there; `LuaVm` has it. */
export interface FailureStack {
  pushPosition(level: number): void;
  pushString(bytes: string): void;
  pushTable(arraySize: number, recordSize: number): void;
  setField(table: number, name: string): void;
  concatenate(count: number): void;
  raiseArgumentError(position: number, why: string): void;
  readonly top: number;
}

/** What a library function written here throws to raise a Lua error; `LuaVm` turns it into one at the border to Lua. */
export abstract class LuaFailure extends Error {
  /** Pushes the error value. */
  abstract push(stack: FailureStack): void;
}

/** An error with a text, as `luaL_error` raises: the position of the calling Lua code in front of it. */
export class LuaTextFailure extends LuaFailure {
  override push(stack: FailureStack): void {
    stack.pushPosition(1);
    stack.pushString(this.message);
    stack.concatenate(2);
  }
}

/** An error with a text alone, without a position. */
export class LuaPlainFailure extends LuaFailure {
  override push(stack: FailureStack): void {
    stack.pushString(this.message);
  }
}

/** An error about an argument, named as the caller names the function. */
class ArgumentFailure extends LuaFailure {
  readonly #position: number;

  constructor(position: number, why: string) {
    super(why);
    this.#position = position;
  }

  override push(stack: FailureStack): void {
    stack.raiseArgumentError(this.#position, this.message);
  }
}

/** The error that `luaL_argerror` raises: `bad argument #1 to 'pack' (...)`. Positions count from 1. */
export const badArgument = (position: number, why: string): LuaFailure => new ArgumentFailure(position, why);

/** An error that is a table with `err`, as redis.call raises and redis.pcall returns it. The message begins with its code. */
export class LuaTableFailure extends LuaFailure {
  override push(stack: FailureStack): void {
    stack.pushTable(0, 1);
    const table = stack.top;
    stack.pushString(this.message);
    stack.setField(table, "err");
  }
}

/** Anything that a function written here threw, as an error that Lua can have. */
export function asLuaFailure(thrown: unknown): LuaFailure {
  if (thrown instanceof LuaFailure) return thrown;
  // Data nested deeper than our own stack.
  return new LuaPlainFailure(thrown instanceof RangeError ? "stack overflow" : `internal error: ${thrown}`);
}
