import { errorReply, type Reply } from "../resp/reply.ts";
import { FunctionLibraries, type FunctionLibrary, type RegisteredFunction } from "./function-library.ts";
import { readLibraryHeader } from "./library-header.ts";
import { LuaEngine } from "./lua-engine.ts";
import { loadLuaModule } from "./lua-module.ts";
import type { LuaVm } from "./lua-vm.ts";
import { alreadyRegistered, readRegistration } from "./register-function.ts";
import type { RunningScript, ScriptCalls } from "./running-script.ts";
import { type CachedScript, ScriptCache, scriptSha } from "./script-cache.ts";
import { readScriptHeader } from "./script-header.ts";

/** What scripting asks of the server. */
export interface ScriptingOptions {
  /** Milliseconds after which a script is slow and others get BUSY: `busy-reply-threshold`. */
  busyAfterMs(): number;
  /**
   * Called again and again while a slow script runs. WebAssembly keeps the event loop, so this is where the server reads its sockets:
   * it answers BUSY, and it may call `kill`.
   */
  whileBusy(): void;
  /** Called when a slow script is over. */
  afterBusy(): void;
  /** Milliseconds after which a script that changed nothing is ended; Infinity for never. */
  readonly limitMs: number;
  log(level: number, text: string): void;
}

/** A script or function with what it is called with. */
export interface ScriptInvocation {
  readonly command: readonly string[];
  readonly calls: ScriptCalls;
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

/** Lua for one server: scripts, function libraries, and the engine, which is loaded when it is first needed. */
export class Scripting {
  readonly #options: ScriptingOptions;
  readonly scripts = new ScriptCache();
  readonly libraries = new FunctionLibraries();
  #engine: LuaEngine | undefined;
  #loading: Promise<void> | undefined;
  #wasAbandoned = false;
  /** The functions of the library that loads now. */
  #registered = new Map<string, RegisteredFunction>();

  constructor(options: ScriptingOptions) {
    this.#options = options;
  }

  /** Whether scripts can run at once. */
  get isLoaded(): boolean {
    return this.#engine !== undefined;
  }

  /** The script that runs now. */
  get running(): RunningScript | undefined {
    return this.#engine?.current;
  }

  /** Loads the engine (some 30 ms) unless it is there. Call it before any method that compiles or runs. */
  async load(): Promise<void> {
    this.#loading ??= loadLuaModule().then((module) => {
      this.#engine = new LuaEngine(module, {
        onTick: (script) => this.#onTick(script),
        log: (level, text) => this.#options.log(level, text),
        register: (vm) => this.#register(vm),
      });
    });
    await this.#loading;
  }

  /** Compiles a script and keeps it; one that is known is not compiled again. The error reply when it does not compile. */
  add(body: string): CachedScript | { readonly reply: Reply } {
    const sha = scriptSha(body);
    const known = this.scripts.get(sha);
    if (known !== undefined) return known;
    const header = readScriptHeader(body);
    if ("problem" in header) return { reply: errorReply(`ERR ${header.problem}`) };
    const ref = this.#loaded().compile(header.code);
    if (typeof ref !== "number")
      return { reply: errorReply(`ERR Error compiling script (new function): ${ref.problem}`) };
    const script = { sha, body, isReadOnly: header.isReadOnly, allowsOom: header.allowsOom, ref };
    this.scripts.add(script);
    return script;
  }

  runScript(script: CachedScript, invocation: ScriptInvocation): Reply {
    const { keys, args } = invocation;
    const running = this.#start("script", script.sha, invocation);
    const reply = this.#loaded().runScript(running, script.ref, keys, args);
    if (running.isBusy) this.#options.afterBusy();
    return reply;
  }

  runFunction(registered: RegisteredFunction, invocation: ScriptInvocation): Reply {
    const { keys, args } = invocation;
    const running = this.#start("function", registered.name, invocation);
    const reply = this.#loaded().runFunction(running, registered.ref, keys, args);
    if (running.isBusy) this.#options.afterBusy();
    return reply;
  }

  /** Forgets all scripts. */
  flushScripts(): void {
    for (const ref of this.scripts.clear()) this.#engine?.release(ref);
  }

  /** Runs a library's code and returns the library, which is not added to the others yet; or what is wrong, with its code. */
  loadLibrary(code: string, calls: ScriptCalls): FunctionLibrary | { readonly problem: string } {
    const header = readLibraryHeader(code);
    if ("problem" in header) return { problem: `ERR ${header.problem}` };
    this.#registered = new Map();
    const invocation = { command: [], calls, keys: [], args: [] };
    const problem = this.#loaded().loadLibrary(this.#start("function", header.name, invocation), header.code);
    if (problem === undefined && this.#registered.size > 0) {
      return { name: header.name, code, functions: this.#registered };
    }
    this.discard({ functions: this.#registered });
    return { problem: `ERR ${problem ?? "No functions registered"}` };
  }

  /** Gives back what a library that is no longer wanted has in the engine. */
  discard(library: Pick<FunctionLibrary, "functions">): void {
    for (const { ref } of library.functions.values()) this.#engine?.release(ref);
  }

  /** Ends the running script at its next step. Returns the error reply when it may not be ended. */
  kill(kind: RunningScript["kind"]): Reply | undefined {
    const script = this.running;
    if (script === undefined) return errorReply("NOTBUSY No scripts in execution right now.");
    if (script.kind !== kind) {
      return errorReply(
        kind === "script"
          ? "BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE."
          : "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
      );
    }
    if (script.calls.hasWritten) {
      return errorReply(
        "UNKILLABLE Sorry the script already executed write commands against the dataset. You can either wait the script termination or kill the server in a hard way using the SHUTDOWN NOSAVE command.",
      );
    }
    script.killedBy = `Script killed by user with ${kind === "script" ? "SCRIPT" : "FUNCTION"} KILL.`;
    return undefined;
  }

  /** Ends the running script even when it changed data, since the server ends without keeping what it did. */
  abandon(why: string): void {
    if (this.running === undefined) return;
    this.running.killedBy = why;
    this.#wasAbandoned = true;
  }

  /** True once a script was abandoned: what it did half is not to be kept. */
  get wasAbandoned(): boolean {
    return this.#wasAbandoned;
  }

  close(): void {
    this.#engine?.close();
    this.#engine = undefined;
  }

  #loaded(): LuaEngine {
    if (this.#engine === undefined) throw new Error("the Lua engine is not loaded");
    return this.#engine;
  }

  #start(kind: RunningScript["kind"], name: string, { command, calls }: ScriptInvocation): RunningScript {
    const startedAt = performance.now();
    return { kind, name, command, calls, protocol: 2, startedAt, killedBy: undefined, isBusy: false };
  }

  #onTick(script: RunningScript): void {
    const elapsedMs = performance.now() - script.startedAt;
    if (elapsedMs > this.#options.limitMs && !script.calls.hasWritten) {
      script.killedBy = `Script killed by the time limit of this server, ${this.#options.limitMs} ms.`;
    } else if (script.isBusy) this.#options.whileBusy();
    else if (elapsedMs > this.#options.busyAfterMs()) {
      script.isBusy = true;
      this.#options.log(3, `Slow script detected: still in execution after ${Math.round(elapsedMs)} milliseconds.`);
    }
  }

  #register(vm: LuaVm): number {
    const registered = readRegistration(vm);
    if (this.#registered.has(registered.name)) throw alreadyRegistered();
    this.#registered.set(registered.name, registered);
    return 0;
  }
}
