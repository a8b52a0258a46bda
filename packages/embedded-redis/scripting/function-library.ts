import type { ScriptFlag } from "./shebang.ts";

/** A function of a library, as `redis.register_function` made it. */
export interface RegisteredFunction {
  readonly name: string;
  readonly description: string | null;
  readonly flags: readonly ScriptFlag[];
  /** Its Lua function in the engine. */
  readonly ref: number;
}

/** A library, as FUNCTION LOAD made it. */
export interface FunctionLibrary {
  readonly name: string;
  /** Its whole source, the shebang with it. */
  readonly code: string;
  readonly functions: ReadonlyMap<string, RegisteredFunction>;
}

/** The libraries of a server, by name, and their functions, whose names are unique in all of them. */
export class FunctionLibraries {
  readonly #libraries = new Map<string, FunctionLibrary>();
  readonly #owners = new Map<string, FunctionLibrary>();

  /** All libraries, in the order in which they were loaded. */
  get all(): readonly FunctionLibrary[] {
    return [...this.#libraries.values()];
  }

  get functionCount(): number {
    return this.#owners.size;
  }

  get(name: string): FunctionLibrary | undefined {
    return this.#libraries.get(name);
  }

  findFunction(name: string): RegisteredFunction | undefined {
    return this.#owners.get(name)?.functions.get(name);
  }

  /** The name of a function of `library` that a library other than it (or than the one it replaces) already has. */
  clashWith(library: FunctionLibrary): string | undefined {
    return [...library.functions.keys()].find((name) => {
      const owner = this.#owners.get(name);
      return owner !== undefined && owner.name !== library.name;
    });
  }

  /** Adds a library in place of the one with its name. */
  put(library: FunctionLibrary): void {
    this.delete(library.name);
    this.#libraries.set(library.name, library);
    for (const name of library.functions.keys()) this.#owners.set(name, library);
  }

  /** Removes a library and returns it. */
  delete(name: string): FunctionLibrary | undefined {
    const library = this.#libraries.get(name);
    if (library === undefined) return undefined;
    this.#libraries.delete(name);
    for (const each of library.functions.keys()) this.#owners.delete(each);
    return library;
  }
}
