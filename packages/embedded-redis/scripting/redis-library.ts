import { createHash } from "node:crypto";
import { isErrorReply, type Reply } from "../resp/reply.ts";
import { formatCallNumber } from "./format-call-number.ts";
import { pushLibrary } from "./libraries/define-library.ts";
import { LuaTableFailure } from "./lua-failure.ts";
import { luaType } from "./lua-module.ts";
import type { LuaCallback, LuaVm } from "./lua-vm.ts";
import { pushErrorTable, pushReply } from "./reply-to-lua.ts";
import type { RunningScript } from "./running-script.ts";

const version = "7.4.0";
const versionNumber = 0x00070400;
const logLevels = { LOG_DEBUG: 0, LOG_VERBOSE: 1, LOG_NOTICE: 2, LOG_WARNING: 3 } as const;
const replication = { REPL_NONE: 0, REPL_AOF: 1, REPL_SLAVE: 2, REPL_REPLICA: 2, REPL_ALL: 3 } as const;

const raise = (message: string) => new LuaTableFailure(`ERR ${message}`);

/** Gives the script that runs. */
export type CurrentScript = () => RunningScript;

/** Pushes the `redis` table of scripts and functions ("Redis Lua API reference"). */
export function pushRedisLibrary(vm: LuaVm, current: CurrentScript): void {
  pushLibrary(vm, {
    call: (lua) => {
      const reply = runCall(lua, current());
      if (isErrorReply(reply)) throw new LuaTableFailure(reply.message);
      pushReply(lua, reply, current().protocol);
      return 1;
    },
    pcall: (lua) => {
      const script = current();
      pushReply(
        lua,
        protectedReply(() => runCall(lua, script)),
        script.protocol,
      );
      return 1;
    },
    error_reply: (lua) => pushOneField(lua, "err", errorText),
    status_reply: (lua) => pushOneField(lua, "ok", (text) => text),
    sha1hex,
    log: logWith(current),
    setresp: (lua) => {
      if (lua.top !== 1) throw raise("redis.setresp() requires one argument.");
      const protocol = lua.toNumber(1);
      if (protocol !== 2 && protocol !== 3) throw raise("RESP version must be 2 or 3.");
      current().protocol = protocol;
      current().calls.useProtocol(protocol);
      return 0;
    },
    set_repl: (lua) => {
      if (lua.top !== 1) throw raise("redis.set_repl() requires two arguments.");
      if ((lua.toNumber(1) & ~replication.REPL_ALL) !== 0) {
        throw raise("Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.");
      }
      if (lua.toNumber(1) !== replication.REPL_ALL) throw raise("redis.set_repl() knows only REPL_ALL in this server.");
      return 0;
    },
    replicate_commands: (lua) => {
      lua.pushBoolean(true);
      return 1;
    },
    breakpoint: (lua) => {
      lua.pushBoolean(false);
      return 1;
    },
    debug: () => 0,
    acl_check_cmd: (lua) => {
      const mayRun = current().calls.mayRun(readCallArguments(lua));
      if (mayRun === undefined) throw raise("Invalid command passed to redis.acl_check_cmd()");
      lua.pushBoolean(mayRun);
      return 1;
    },
  });
  setConstants(vm, { ...logLevels, ...replication });
}

/** Pushes the `redis` table that libraries of functions see while they load. */
export function pushLoadingRedisLibrary(
  vm: LuaVm,
  log: (level: number, text: string) => void,
  register: LuaCallback,
): void {
  pushLibrary(vm, { register_function: register, log: logTo(log) });
  setConstants(vm, logLevels);
}

function setConstants(vm: LuaVm, numbers: Readonly<Record<string, number>>): void {
  const table = vm.top;
  for (const [name, value] of Object.entries({ ...numbers, REDIS_VERSION_NUM: versionNumber })) {
    vm.pushNumber(value);
    vm.setField(table, name);
  }
  vm.pushString(version);
  vm.setField(table, "REDIS_VERSION");
}

function readCallArguments(vm: LuaVm): string[] {
  const count = vm.top;
  if (count === 0) throw raise("Please specify at least one argument for this redis lib call");
  const args: string[] = [];
  for (let position = 1; position <= count; position++) {
    const type = vm.type(position);
    if (type === luaType.number) args.push(formatCallNumber(vm.toNumber(position)));
    else if (type === luaType.string) args.push(vm.toBytes(position) ?? "");
    else throw raise("Lua redis lib command arguments must be strings or integers");
  }
  return args;
}

const runCall = (vm: LuaVm, script: RunningScript): Reply => script.calls.run(readCallArguments(vm));

function protectedReply(run: () => Reply): Reply {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof LuaTableFailure) return { kind: "error", message: thrown.message };
    throw thrown;
  }
}

function pushOneField(vm: LuaVm, field: "err" | "ok", make: (text: string) => string): number {
  if (vm.top !== 1 || vm.type(1) !== luaType.string) {
    pushErrorTable(vm, "ERR wrong number or type of arguments");
    return 1;
  }
  const text = make(vm.toBytes(1) ?? "");
  vm.pushTable(0, 1);
  vm.pushString(text);
  vm.setField(vm.top - 1, field);
  return 1;
}

/** The first word is the code; a text of one word gets the code ERR. A leading "-" is optional. */
function errorText(text: string): string {
  const body = text.startsWith("-") ? text.slice(1) : text;
  const space = body.indexOf(" ");
  const trimmed = (part: string): string => part.replace(/^[\r\n]+|[\r\n]+$/g, "");
  return space < 0 ? `ERR ${trimmed(body)}` : `${body.slice(0, space)} ${trimmed(body.slice(space + 1))}`;
}

function sha1hex(vm: LuaVm): number {
  if (vm.top !== 1) throw raise("wrong number of arguments");
  vm.pushString(
    createHash("sha1")
      .update(vm.toBytes(1) ?? "", "latin1")
      .digest("hex"),
  );
  return 1;
}

const logWith =
  (current: CurrentScript): LuaCallback =>
  (vm) =>
    logTo((level, text) => current().calls.log(level, text))(vm);

function logTo(log: (level: number, text: string) => void): LuaCallback {
  return (vm) => {
    if (vm.top < 2) throw raise("redis.log() requires two arguments or more.");
    if (!vm.isNumber(1)) throw raise("First argument must be a number (log level).");
    const level = vm.toNumber(1);
    if (level < logLevels.LOG_DEBUG || level > logLevels.LOG_WARNING) throw raise("Invalid debug level.");
    const words: string[] = [];
    for (let position = 2; position <= vm.top; position++) words.push(vm.toBytes(position) ?? "");
    log(level, words.join(" "));
    return 0;
  };
}
