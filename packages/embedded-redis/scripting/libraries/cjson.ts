import { badArgument } from "../lua-failure.ts";
import type { LuaVm } from "../lua-vm.ts";
import { decodeJson } from "./cjson-decode.ts";
import { encodeJson } from "./cjson-encode.ts";
import { cjsonSettingFunctions, defaultCjsonSettings } from "./cjson-settings.ts";
import { pushLibrary } from "./define-library.ts";
import { bytesArgument } from "./read-argument.ts";

const expectOneArgument = (vm: LuaVm): void => {
  if (vm.top !== 1) throw badArgument(1, "expected 1 argument");
};

/** Pushes the `cjson` library: lua-cjson 2.1 with Redis's settings. */
export function pushCjsonLibrary(vm: LuaVm): void {
  const settings = defaultCjsonSettings();
  pushLibrary(
    vm,
    {
      encode: (lua) => {
        expectOneArgument(lua);
        lua.pushString(encodeJson(lua, settings, 1));
        return 1;
      },
      decode: (lua) => {
        expectOneArgument(lua);
        decodeJson(lua, settings, bytesArgument(lua, 1));
        return 1;
      },
      new: (lua) => {
        pushCjsonLibrary(lua);
        return 1;
      },
      ...cjsonSettingFunctions(settings),
    },
    { _NAME: "cjson", _VERSION: "2.1.0" },
  );
  vm.pushPointer(0);
  vm.setField(vm.top - 1, "null");
}
