import type { LuaCallback, LuaVm } from "../lua-vm.ts";

/** Pushes a table of these functions and texts: a library as Lua scripts see it. */
export function pushLibrary(
  vm: LuaVm,
  functions: Readonly<Record<string, LuaCallback>>,
  texts: Readonly<Record<string, string>> = {},
): void {
  vm.pushTable(0, Object.keys(functions).length);
  const table = vm.top;
  for (const [name, callback] of Object.entries(functions)) {
    vm.pushFunction(callback);
    vm.setField(table, name);
  }
  for (const [name, text] of Object.entries(texts)) {
    vm.pushString(text);
    vm.setField(table, name);
  }
}
