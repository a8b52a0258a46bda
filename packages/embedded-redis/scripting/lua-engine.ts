import { errorReply, type Reply } from "../resp/reply.ts";
import { pushBitLibrary } from "./libraries/bit.ts";
import { pushCjsonLibrary } from "./libraries/cjson.ts";
import { pushCmsgpackLibrary } from "./libraries/cmsgpack.ts";
import { pushStructLibrary } from "./libraries/struct.ts";
import { LuaPlainFailure } from "./lua-failure.ts";
import { type LuaModule, luaIndex, luaType } from "./lua-module.ts";
import { readReply } from "./lua-to-reply.ts";
import { type LuaCallback, LuaVm } from "./lua-vm.ts";
import { randomFunctions, ScriptRandom } from "./random.ts";
import { pushLoadingRedisLibrary, pushRedisLibrary } from "./redis-library.ts";
import type { RunningScript } from "./running-script.ts";
import { buildSandbox, type Sandbox } from "./sandbox.ts";

/** A compiled chunk or registered function, kept in the Lua state until it is released. */
export type LuaFunctionRef = number;

/** What the engine asks of its surroundings. */
export interface LuaEngineOptions {
  /** Called every millisecond or so while a script runs. It may set the script's `killedBy`. */
  readonly onTick: (script: RunningScript) => void;
  readonly log: (level: number, text: string) => void;
  /** `redis.register_function`, called while a library loads. */
  readonly register: LuaCallback;
}

// About 1 ms of plain Lua code.
const instructionsATick = 100_000;
// Redis has no such limit; the memory of WebAssembly ends at 2 GB and is never given back.
const memoryLimitMb = 512;

/** Redis's Lua: one state with its libraries and sandbox. It runs one script at a time. */
export class LuaEngine {
  readonly vm: LuaVm;
  readonly #sandbox: Sandbox;
  readonly #random = new ScriptRandom();
  #current: RunningScript | undefined;

  constructor(module: LuaModule, options: LuaEngineOptions) {
    this.vm = new LuaVm(module);
    this.#setGlobals(options);
    this.#sandbox = buildSandbox(this.vm);
    this.vm.setTop(0);
    this.vm.onHook = () => this.#tick(options.onTick);
    this.vm.setHook(instructionsATick, false);
  }

  get current(): RunningScript | undefined {
    return this.#current;
  }

  /** Compiles a script. Returns the error's text when it does not compile. */
  compile(code: string): LuaFunctionRef | { readonly problem: string } {
    if (this.vm.compile(code, "@user_script")) return this.vm.keep();
    const problem = this.vm.toBytes(-1) ?? "";
    this.vm.setTop(0);
    return { problem };
  }

  /** Forgets a compiled script. */
  release(ref: LuaFunctionRef): void {
    this.vm.release(ref);
  }

  /** Runs a script with KEYS and ARGV as globals. */
  runScript(script: RunningScript, ref: LuaFunctionRef, keys: readonly string[], args: readonly string[]): Reply {
    const { vm } = this;
    vm.pushKept(this.#sandbox.errorHandler);
    vm.pushKept(this.#sandbox.globals);
    this.#pushStrings(keys);
    vm.setField(2, "KEYS");
    this.#pushStrings(args);
    vm.setField(2, "ARGV");
    vm.pop();
    vm.pushKept(ref);
    return this.#run(script, 0);
  }

  /** Runs a registered function with keys and arguments as its parameters. */
  runFunction(script: RunningScript, ref: LuaFunctionRef, keys: readonly string[], args: readonly string[]): Reply {
    this.vm.pushKept(this.#sandbox.errorHandler);
    this.vm.pushKept(ref);
    this.#pushStrings(keys);
    this.#pushStrings(args);
    return this.#run(script, 2);
  }

  /** Runs the code of a library, which registers its functions. Returns what went wrong, without a code. */
  loadLibrary(script: RunningScript, code: string): string | undefined {
    const { vm } = this;
    vm.pushKept(this.#sandbox.errorHandler);
    if (!vm.compile(code, "@user_function")) {
      const problem = `Error compiling function: ${vm.toBytes(-1)}`;
      vm.setTop(0);
      return problem;
    }
    vm.pushKept(this.#sandbox.libraryGlobals);
    vm.setEnvironment(2);
    this.#switchLoading(true);
    this.#current = script;
    const isDone = vm.protectedCall(0, 0, 1);
    this.#current = undefined;
    const failure = isDone ? undefined : this.#readFailure().message;
    vm.setTop(0);
    this.#switchLoading(false);
    return failure === undefined ? undefined : `Error registering functions: ${failure}`;
  }

  close(): void {
    this.vm.close();
  }

  #run(script: RunningScript, args: number): Reply {
    const { vm } = this;
    this.#current = script;
    try {
      if (vm.protectedCall(args, 1, 1)) return readReply(vm, vm.top, script.protocol);
      const { message, source, line } = this.#readFailure();
      if (source === undefined || line === undefined) return errorReply(message);
      return errorReply(`${message} script: ${script.name}, on ${source}:${line}.`);
    } catch (thrown) {
      // A reply that is nested deeper than either stack.
      if (thrown instanceof LuaPlainFailure || thrown instanceof RangeError)
        return errorReply("ERR reached lua stack limit");
      throw thrown;
    } finally {
      this.#current = undefined;
      vm.setTop(0);
      if (script.killedBy !== undefined) this.vm.setHook(instructionsATick, false);
    }
  }

  /** The error value on top: a table that the handler made, or a text when Lua itself ran out of something. */
  #readFailure(): { readonly message: string; readonly source?: string; readonly line?: number } {
    const { vm } = this;
    const at = vm.top;
    if (vm.type(at) !== luaType.table) return { message: `ERR ${vm.toBytes(at) ?? "unknown error"}` };
    const read = (field: string): string | undefined => {
      vm.getField(at, field);
      const text = vm.toBytes(-1);
      vm.pop();
      return text;
    };
    const message = read("err") ?? "ERR unknown error";
    const [source, line] = [read("source"), read("line")];
    return source === undefined || line === undefined ? { message } : { message, source, line: Number(line) };
  }

  #pushStrings(strings: readonly string[]): void {
    this.vm.pushTable(strings.length);
    const table = this.vm.top;
    let position = 0;
    for (const each of strings) {
      this.vm.pushString(each);
      this.vm.setIndex(table, ++position);
    }
  }

  #switchLoading(isLoading: boolean): void {
    this.vm.pushKept(this.#sandbox.switchLoading);
    this.vm.pushBoolean(isLoading);
    this.vm.protectedCall(1, 0);
  }

  #tick(onTick: LuaEngineOptions["onTick"]): void {
    const script = this.#current;
    if (script === undefined) return;
    if (script.killedBy === undefined) onTick(script);
    if (this.vm.usedKilobytes > memoryLimitMb * 1024) {
      script.killedBy ??= `Script killed by the memory limit of this server, ${memoryLimitMb} MB.`;
    }
    if (script.killedBy === undefined) return;
    this.vm.setHook(1, true);
    throw new LuaPlainFailure(script.killedBy);
  }

  #currentOrThrow(): RunningScript {
    if (this.#current === undefined)
      throw new LuaPlainFailure("redis.call/pcall can only be called inside a script invocation");
    return this.#current;
  }

  #setGlobals(options: LuaEngineOptions): void {
    const { vm } = this;
    const globals: Readonly<Record<string, () => void>> = {
      bit: () => pushBitLibrary(vm),
      cjson: () => pushCjsonLibrary(vm),
      cmsgpack: () => pushCmsgpackLibrary(vm),
      struct: () => pushStructLibrary(vm),
      redis: () => pushRedisLibrary(vm, () => this.#currentOrThrow()),
      __loading_redis: () => pushLoadingRedisLibrary(vm, options.log, options.register),
    };
    for (const [name, push] of Object.entries(globals)) {
      push();
      vm.setField(luaIndex.globals, name);
    }
    vm.getField(luaIndex.globals, "math");
    const math = vm.top;
    for (const [name, callback] of Object.entries(randomFunctions(this.#random))) {
      vm.pushFunction(callback);
      vm.setField(math, name);
    }
    vm.pop();
  }
}
