import { createHash } from "node:crypto";

/** A script as EVAL and SCRIPT LOAD keep it. */
export interface CachedScript {
  readonly sha: string;
  readonly body: string;
  readonly isReadOnly: boolean;
  /** It may run when memory is over its limit. True for scripts without a shebang: their commands are looked at one by one. */
  readonly allowsOom: boolean;
  /** Its compiled form in the engine. */
  readonly ref: number;
}

/** The SHA1 of a script, in hexadecimal: its name in EVALSHA. */
export const scriptSha = (body: string): string => createHash("sha1").update(body, "latin1").digest("hex");

/** Scripts by their sha. */
export class ScriptCache {
  readonly #scripts = new Map<string, CachedScript>();

  get size(): number {
    return this.#scripts.size;
  }

  /** The script with that sha, in any case of letters. */
  get(sha: string): CachedScript | undefined {
    return this.#scripts.get(sha) ?? this.#scripts.get(sha.toLowerCase());
  }

  add(script: CachedScript): void {
    this.#scripts.set(script.sha, script);
  }

  /** Forgets all scripts and returns their compiled forms. */
  clear(): readonly number[] {
    const refs = [...this.#scripts.values()].map((script) => script.ref);
    this.#scripts.clear();
    return refs;
  }
}
