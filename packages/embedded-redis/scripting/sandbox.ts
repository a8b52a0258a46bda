import { luaIndex } from "./lua-module.ts";
import type { LuaVm } from "./lua-vm.ts";

/**
 * Lua code that turns a full Lua state into the one that Redis gives to scripts ("Redis Lua API reference": sandbox, globals).
 * Redis marks tables as read-only inside its own Lua; a stock Lua cannot, so scripts see an empty table in front of each protected
 * one: reads fall through, writes meet `__newindex`. It returns the real globals and the table that scripts get as theirs.
 */
const source = `
local globals, getinfo = _G, debug.getinfo
local raw_setmetatable, raw_rawset, raw_pairs, raw_next, raw_loadstring, raw_load =
  setmetatable, rawset, pairs, next, loadstring, load
local real = {}

local function refuse() error("Attempt to modify a readonly table", 2) end

local function protect(table)
  local front = raw_setmetatable({}, { __index = table, __newindex = refuse, __metatable = false })
  real[front] = table
  return front
end

for _, name in ipairs({ "io", "package", "debug", "print", "dofile", "loadfile", "require", "module", "newproxy",
                        "getfenv", "setfenv" }) do
  globals[name] = nil
end
globals.os = { clock = os.clock }

function setmetatable(table, metatable)
  if real[table] then error("Attempt to modify a readonly table", 0) end
  return raw_setmetatable(table, metatable)
end

function rawset(table, key, value)
  if real[table] then error("Attempt to modify a readonly table", 0) end
  return raw_rawset(table, key, value)
end

function pairs(table)
  local protected = real[table]
  if protected then return raw_next, protected, nil end
  return raw_pairs(table)
end

-- Precompiled chunks could break the interpreter.
function loadstring(text, name)
  if type(text) == "string" and text:byte(1) == 27 then return nil, "attempt to load a precompiled chunk" end
  return raw_loadstring(text, name)
end

function load(reader, name)
  local isFirst = true
  return raw_load(function()
    local piece = reader()
    if isFirst and type(piece) == "string" and piece:byte(1) == 27 then error("attempt to load a precompiled chunk", 0) end
    isFirst = false
    return piece
  end, name)
end

-- As in Redis, a caught error of redis.call is its text.
local function settle(isOk, failure, ...)
  if not isOk and type(failure) == "table" then
    local text = failure.err
    if type(text) == "string" then return false, text end
  end
  return isOk, failure, ...
end

local raw_pcall = pcall
function pcall(...) return settle(raw_pcall(...)) end

function __redis__err__handler(failure)
  local level = 2
  local place = getinfo(level, "Sl")
  while place and (place.what == "C" or place.source == "=sandbox") do
    level = level + 1
    place = getinfo(level, "Sl")
  end
  if type(failure) ~= "table" then failure = { err = "ERR " .. tostring(failure) } end
  if place and not real[failure] then
    failure.source = place.source
    failure.line = place.currentline
  end
  return failure
end

local guard = { __index = function(_, name)
  error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
end }

local loading_redis = raw_setmetatable(globals.__loading_redis, guard)
globals.__loading_redis = nil
local while_loading = raw_setmetatable({ redis = protect(loading_redis) }, guard)

for name, value in raw_pairs(globals) do
  if type(value) == "table" and name ~= "_G" then raw_rawset(globals, name, protect(value)) end
end
getmetatable("").__metatable = protect({ __index = globals.string })

-- Libraries of functions have globals of their own: without KEYS and ARGV, and while they load with next to nothing.
local library_globals = {}
for name, value in raw_pairs(globals) do library_globals[name] = value end
raw_setmetatable(library_globals, guard)
local library_front = {}
local library_metatable = { __index = library_globals, __newindex = refuse, __metatable = false }
raw_setmetatable(library_front, library_metatable)
real[library_front] = library_globals
library_globals._G = library_front
local function switch(isLoading)
  library_metatable.__index = isLoading and while_loading or library_globals
end

raw_setmetatable(globals, guard)
local front = protect(globals)
globals._G = front
return globals, library_front, switch, front
`;

/** References to what the engine needs of a finished sandbox. */
export interface Sandbox {
  /** The globals of scripts, behind the protected front. */
  readonly globals: number;
  /** The environment of function libraries. */
  readonly libraryGlobals: number;
  /** A Lua function: true gives libraries the few names that they may use while they load, false all of them. */
  readonly switchLoading: number;
  readonly errorHandler: number;
}

/**
 * Makes the sandbox in a state whose libraries (`redis`, `cjson` ... and `__loading_redis`, the `redis` of libraries that load)
 * are already set as globals. The state's own globals are the protected ones from then on.
 */
export function buildSandbox(vm: LuaVm): Sandbox {
  if (!vm.compile(source, "=sandbox") || !vm.protectedCall(0, 4)) throw new Error(`sandbox: ${vm.toBytes(-1)}`);
  vm.replace(luaIndex.globals);
  const switchLoading = vm.keep();
  const libraryGlobals = vm.keep();
  vm.getField(vm.top, "__redis__err__handler");
  const errorHandler = vm.keep();
  return { globals: vm.keep(), libraryGlobals, switchLoading, errorHandler };
}
