import { LuaTextFailure } from "../lua-failure.ts";
import type { LuaVm } from "../lua-vm.ts";
import type { CjsonSettings } from "./cjson-settings.ts";
import { JsonTokens } from "./json-tokens.ts";

/** Pushes the Lua value of a JSON text; null becomes a null pointer. @throws LuaTextFailure with lua-cjson's message and position */
export function decodeJson(vm: LuaVm, settings: CjsonSettings, text: string): void {
  // The first two characters of JSON are ASCII: a zero among them means UTF-16 or UTF-32 (RFC 4627, section 3).
  if (text.length >= 2 && (text.startsWith("\0") || text.charAt(1) === "\0")) {
    throw new LuaTextFailure("JSON parser does not support UTF-16 or UTF-32");
  }
  const tokens = new JsonTokens(text, settings.decodeInvalidNumbers);
  tokens.next();
  pushJson(vm, settings, tokens, 0);
  if (tokens.next() !== "T_END") throw unexpected(tokens, "the end");
}

function unexpected(tokens: JsonTokens, expected: string): LuaTextFailure {
  const found = tokens.type === "T_ERROR" ? tokens.text : tokens.type;
  return new LuaTextFailure(`Expected ${expected} but found ${found} at character ${tokens.index + 1}`);
}

function pushJson(vm: LuaVm, settings: CjsonSettings, tokens: JsonTokens, depth: number): void {
  switch (tokens.type) {
    case "T_STRING":
      vm.pushString(tokens.text);
      break;
    case "T_NUMBER":
      vm.pushNumber(tokens.number);
      break;
    case "T_BOOLEAN":
      vm.pushBoolean(tokens.boolean);
      break;
    case "T_NULL":
      vm.pushPointer(0);
      break;
    case "T_OBJ_BEGIN":
      pushObject(vm, settings, tokens, descend(vm, settings, tokens, depth));
      break;
    case "T_ARR_BEGIN":
      pushArray(vm, settings, tokens, descend(vm, settings, tokens, depth));
      break;
    default:
      throw unexpected(tokens, "value");
  }
}

function descend(vm: LuaVm, settings: CjsonSettings, tokens: JsonTokens, depth: number): number {
  if (depth + 1 > settings.decodeMaxDepth) {
    throw new LuaTextFailure(`Found too many nested data structures (${depth + 1}) at character ${tokens.index + 1}`);
  }
  vm.reserve(3);
  return depth + 1;
}

function pushObject(vm: LuaVm, settings: CjsonSettings, tokens: JsonTokens, depth: number): void {
  vm.pushTable();
  const table = vm.top;
  if (tokens.next() === "T_OBJ_END") return;
  for (;;) {
    if (tokens.type !== "T_STRING") throw unexpected(tokens, "object key string");
    vm.pushString(tokens.text);
    if (tokens.next() !== "T_COLON") throw unexpected(tokens, "colon");
    tokens.next();
    pushJson(vm, settings, tokens, depth);
    vm.setPair(table);
    const separator = tokens.next();
    if (separator === "T_OBJ_END") return;
    if (separator !== "T_COMMA") throw unexpected(tokens, "comma or object end");
    tokens.next();
  }
}

function pushArray(vm: LuaVm, settings: CjsonSettings, tokens: JsonTokens, depth: number): void {
  vm.pushTable();
  const table = vm.top;
  if (tokens.next() === "T_ARR_END") return;
  for (let position = 1; ; position++) {
    pushJson(vm, settings, tokens, depth);
    vm.setIndex(table, position);
    const separator = tokens.next();
    if (separator === "T_ARR_END") return;
    if (separator !== "T_COMMA") throw unexpected(tokens, "comma or array end");
    tokens.next();
  }
}
