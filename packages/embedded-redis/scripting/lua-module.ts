import { createRequire } from "node:module";

/** A `lua_State*`, an address in the module's memory. */
export type LuaStatePointer = number;

/**
 * The part of Lua 5.1's C API that we call, with bytes by address. Names and arguments are those of the Lua 5.1 manual, section 3.7;
 * C strings are addresses of NUL-terminated bytes.
 */
export interface LuaModule {
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(address: number): void;
  addFunction(callback: (...args: number[]) => number | undefined, signature: string): number;
  removeFunction(pointer: number): void;
  _luaL_argerror(state: LuaStatePointer, position: number, text: number): number;
  _luaL_newstate(): LuaStatePointer;
  _luaL_openlibs(state: LuaStatePointer): void;
  _luaL_loadbuffer(state: LuaStatePointer, bytes: number, size: number, name: number): number;
  _luaL_where(state: LuaStatePointer, level: number): void;
  _luaL_ref(state: LuaStatePointer, table: number): number;
  _luaL_unref(state: LuaStatePointer, table: number, ref: number): void;
  _lua_checkstack(state: LuaStatePointer, extra: number): number;
  _lua_close(state: LuaStatePointer): void;
  _lua_concat(state: LuaStatePointer, count: number): void;
  _lua_createtable(state: LuaStatePointer, arraySize: number, recordSize: number): void;
  _lua_error(state: LuaStatePointer): number;
  /** `what` 3 is LUA_GCCOUNT: kilobytes in use. */
  _lua_gc(state: LuaStatePointer, what: number, data: number): number;
  _lua_gettop(state: LuaStatePointer): number;
  _lua_insert(state: LuaStatePointer, index: number): void;
  _lua_isnumber(state: LuaStatePointer, index: number): number;
  _lua_next(state: LuaStatePointer, index: number): number;
  _lua_pcall(state: LuaStatePointer, args: number, results: number, handler: number): number;
  _lua_pushboolean(state: LuaStatePointer, value: number): void;
  _lua_pushcclosure(state: LuaStatePointer, callback: number, upvalues: number): void;
  _lua_pushlightuserdata(state: LuaStatePointer, address: number): void;
  _lua_pushlstring(state: LuaStatePointer, bytes: number, size: number): void;
  _lua_pushnil(state: LuaStatePointer): void;
  _lua_pushnumber(state: LuaStatePointer, value: number): void;
  _lua_pushvalue(state: LuaStatePointer, index: number): void;
  _lua_rawget(state: LuaStatePointer, index: number): void;
  _lua_rawgeti(state: LuaStatePointer, index: number, position: number): void;
  _lua_rawset(state: LuaStatePointer, index: number): void;
  _lua_rawseti(state: LuaStatePointer, index: number, position: number): void;
  _lua_replace(state: LuaStatePointer, index: number): void;
  _lua_setfenv(state: LuaStatePointer, index: number): number;
  _lua_sethook(state: LuaStatePointer, hook: number, mask: number, count: number): number;
  _lua_settop(state: LuaStatePointer, index: number): void;
  _lua_toboolean(state: LuaStatePointer, index: number): number;
  _lua_tolstring(state: LuaStatePointer, index: number, sizeAddress: number): number;
  _lua_tonumber(state: LuaStatePointer, index: number): number;
  _lua_touserdata(state: LuaStatePointer, index: number): number;
  _lua_type(state: LuaStatePointer, index: number): number;
}

/** Lua's type numbers (lua.h). */
export const luaType = {
  nil: 0,
  boolean: 1,
  lightUserdata: 2,
  number: 3,
  string: 4,
  table: 5,
  function: 6,
  userdata: 7,
  thread: 8,
} as const;

/** What Lua calls the types in messages, from LUA_TNONE (-1) on. */
export const luaTypeNames = [
  "no value",
  "nil",
  "boolean",
  "userdata",
  "number",
  "string",
  "table",
  "function",
  "userdata",
  "thread",
];

/** Pseudo-indices and hook masks of Lua 5.1 (lua.h). */
export const luaIndex = { registry: -10000, globals: -10002 } as const;
export const hookMask = { line: 4, count: 8 } as const;

/**
 * Loads and compiles the WebAssembly module: some 30 ms, once for each engine. A fresh instance shares no memory with others. `require`: for `import()`, Node
 * looks through a CommonJS module for the names of its exports first, which takes longer than all the rest.
 */
export async function loadLuaModule(): Promise<LuaModule> {
  const require = createRequire(import.meta.url);
  const { LuaApi } = require("wasmoon-lua5.1") as { LuaApi: { initialize(): Promise<{ module: LuaModule }> } };
  return (await LuaApi.initialize()).module;
}
