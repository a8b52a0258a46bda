import { asLuaFailure, LuaPlainFailure } from "./lua-failure.ts";
import { LuaMemory } from "./lua-memory.ts";
import { hookMask, type LuaModule, type LuaStatePointer, luaIndex, luaType, luaTypeNames } from "./lua-module.ts";

/** A function that Lua calls. Arguments are at 1, 2 ... of the vm's stack; it pushes its results and returns how many. */
export type LuaCallback = (vm: LuaVm) => number;

/**
 * One Lua state, with strings as latin1 JavaScript strings, so that every byte survives. Indices are Lua's own: 1 is the
 * first argument, -1 the top. While Lua calls one of our functions, the vm stands for the coroutine that calls.
 */
export class LuaVm {
  readonly #module: LuaModule;
  readonly #main: LuaStatePointer;
  #state: LuaStatePointer;
  readonly #memory: LuaMemory;
  readonly #functionPointers: number[] = [];
  #hookPointer = 0;
  /** Called as `setHook` says; may throw a `LuaFailure`, which then ends the script. */
  onHook: () => void = () => {};

  constructor(module: LuaModule) {
    this.#module = module;
    this.#main = module._luaL_newstate();
    this.#state = this.#main;
    this.#memory = new LuaMemory(module);
    module._luaL_openlibs(this.#state);
  }

  get top(): number {
    return this.#module._lua_gettop(this.#state);
  }

  /** Cuts the stack; negative counts from the top. */
  setTop(index: number): void {
    this.#module._lua_settop(this.#state, index);
  }

  pop(count = 1): void {
    this.setTop(-count - 1);
  }

  type(index: number): number {
    return this.#module._lua_type(this.#state, index);
  }

  typeName(index: number): string {
    return luaTypeNames[this.type(index) + 1] ?? "userdata";
  }

  isNil(index: number): boolean {
    return this.type(index) <= luaType.nil;
  }

  /** Whether the value is a number, or a string that Lua reads as one. */
  isNumber(index: number): boolean {
    return this.#module._lua_isnumber(this.#state, index) !== 0;
  }

  toNumber(index: number): number {
    return this.#module._lua_tonumber(this.#state, index);
  }

  toBoolean(index: number): boolean {
    return this.#module._lua_toboolean(this.#state, index) !== 0;
  }

  toPointer(index: number): number {
    return this.#module._lua_touserdata(this.#state, index);
  }

  /** The bytes of a string or number; a number at that index becomes a string in place, as in C. `undefined` for other types. */
  toBytes(index: number): string | undefined {
    const address = this.#module._lua_tolstring(this.#state, index, this.#memory.sizeAddress);
    return address === 0 ? undefined : this.#memory.readSized(address);
  }

  pushNil(): void {
    this.#module._lua_pushnil(this.#state);
  }

  pushBoolean(value: boolean): void {
    this.#module._lua_pushboolean(this.#state, value ? 1 : 0);
  }

  pushNumber(value: number): void {
    this.#module._lua_pushnumber(this.#state, value);
  }

  pushPointer(address: number): void {
    this.#module._lua_pushlightuserdata(this.#state, address);
  }

  pushString(bytes: string): void {
    this.#module._lua_pushlstring(this.#state, this.#memory.copyIn(bytes), bytes.length);
  }

  pushValue(index: number): void {
    this.#module._lua_pushvalue(this.#state, index);
  }

  /** Pushes `user_script:1: ` for the Lua function at that level, or an empty string. */
  pushPosition(level: number): void {
    this.#module._luaL_where(this.#state, level);
  }

  /** Raises the error of `luaL_argerror`; does not return. */
  raiseArgumentError(position: number, why: string): void {
    this.#module._luaL_argerror(this.#state, position, this.#memory.copyIn(`${why}\0`));
  }

  /** Pops a table and makes it the globals of the function at that index. */
  setEnvironment(index: number): void {
    this.#module._lua_setfenv(this.#state, index);
  }

  /** Replaces the topmost values with their concatenation. */
  concatenate(count: number): void {
    this.#module._lua_concat(this.#state, count);
  }

  pushTable(arraySize = 0, recordSize = 0): void {
    this.#module._lua_createtable(this.#state, arraySize, recordSize);
  }

  /** Makes a callback a Lua function and pushes it. It lives as long as the vm: define functions once. */
  pushFunction(callback: LuaCallback): void {
    const pointer = this.#module.addFunction((state) => this.#enter(state ?? this.#main, callback), "ii");
    this.#functionPointers.push(pointer);
    this.#module._lua_pushcclosure(this.#state, pointer, 0);
  }

  /** `table[position] = top`, without metamethods; pops the value. */
  setIndex(table: number, position: number): void {
    this.#module._lua_rawseti(this.#state, table, position);
  }

  /** `table[key] = value` for the two topmost values, without metamethods; pops both. */
  setPair(table: number): void {
    this.#module._lua_rawset(this.#state, table);
  }

  /** `table[name] = top`, without metamethods; pops the value. The table's index must be positive or a pseudo-index. */
  setField(table: number, name: string): void {
    this.pushString(name);
    this.#module._lua_insert(this.#state, -2);
    this.#module._lua_rawset(this.#state, table);
  }

  /** Pushes `table[position]`, without metamethods. */
  getIndex(table: number, position: number): void {
    this.#module._lua_rawgeti(this.#state, table, position);
  }

  /** Pushes `table[name]`, without metamethods. The table's index must be positive or a pseudo-index. */
  getField(table: number, name: string): void {
    this.pushString(name);
    this.#module._lua_rawget(this.#state, table);
  }

  /** Pops a key; pushes the table's next pair and returns true, or pushes nothing at the end. */
  next(table: number): boolean {
    return this.#module._lua_next(this.#state, table) !== 0;
  }

  insert(index: number): void {
    this.#module._lua_insert(this.#state, index);
  }

  /** Pops a value into that index. */
  replace(index: number): void {
    this.#module._lua_replace(this.#state, index);
  }

  /** Makes room for that many values. @throws LuaPlainFailure when Lua's stack is at its end */
  reserve(count: number): void {
    if (this.#module._lua_checkstack(this.#state, count) === 0) throw new LuaPlainFailure("stack overflow");
  }

  /** Compiles a chunk and pushes its function and returns true; or pushes the error's text and returns false. */
  compile(source: string, chunkName: string): boolean {
    const name = this.#memory.allocateText(chunkName);
    const address = this.#memory.copyIn(source);
    const status = this.#module._luaL_loadbuffer(this.#state, address, source.length, name);
    this.#memory.free(name);
    return status === 0;
  }

  /** Calls the function below its `args` arguments. False: an error value is on top in place of the results. */
  protectedCall(args: number, results: number, handler = 0): boolean {
    return this.#module._lua_pcall(this.#state, args, results, handler) === 0;
  }

  /** Pops a value and keeps it from collection; the number gives it back. */
  keep(): number {
    return this.#module._luaL_ref(this.#state, luaIndex.registry);
  }

  pushKept(ref: number): void {
    this.#module._lua_rawgeti(this.#state, luaIndex.registry, ref);
  }

  release(ref: number): void {
    this.#module._luaL_unref(this.#state, luaIndex.registry, ref);
  }

  /**
   * From now on calls `onHook` every so many instructions, or at every line as well, which a script that catches the hook's error
   * cannot escape. Coroutines that exist keep the hook that they have, but for the running one.
   */
  setHook(instructions: number, atEveryLine: boolean): void {
    if (this.#hookPointer === 0) {
      const callHook: LuaCallback = () => {
        this.onHook();
        return 0;
      };
      this.#hookPointer = this.#module.addFunction((state) => void this.#enter(state ?? this.#main, callHook), "vii");
    }
    const mask = hookMask.count | (atEveryLine ? hookMask.line : 0);
    this.#module._lua_sethook(this.#main, this.#hookPointer, mask, instructions);
    this.#module._lua_sethook(this.#state, this.#hookPointer, mask, instructions);
  }

  /** Kilobytes that Lua's values take. */
  get usedKilobytes(): number {
    return this.#module._lua_gc(this.#state, 3, 0);
  }

  close(): void {
    this.#module._lua_close(this.#main);
    for (const pointer of this.#functionPointers) this.#module.removeFunction(pointer);
    if (this.#hookPointer !== 0) this.#module.removeFunction(this.#hookPointer);
  }

  #enter(state: LuaStatePointer, callback: LuaCallback): number {
    const outer = this.#state;
    this.#state = state;
    try {
      return callback(this);
    } catch (thrown) {
      // A number is Lua's own longjmp on its way through us.
      if (typeof thrown === "number") throw thrown;
      asLuaFailure(thrown).push(this);
      return this.#module._lua_error(state);
    } finally {
      this.#state = outer;
    }
  }
}
